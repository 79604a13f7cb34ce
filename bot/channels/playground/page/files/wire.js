// The way to the server: acts go there, and everything that shows comes back as it changes.

export async function act(name, more = {}) {
  const response = await fetch("/act", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ act: name, ...more }),
  });
  return response.json();
}

export function watch(onNews, onLost) {
  const source = new EventSource("/events");
  let afresh = false;
  source.addEventListener("afresh", () => {
    afresh = true;
    onLost(false);
  });
  source.addEventListener("message", (event) => {
    onNews(JSON.parse(event.data), afresh);
    afresh = false;
  });
  source.addEventListener("error", () => onLost(true));
}
