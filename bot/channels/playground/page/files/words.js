// The page's labels, in the language that was chosen; they stand in the library, not here.

const LANGUAGES = ["zh", "zh-hant", "en"];
let known = {};

function usual() {
  const own = navigator.language.toLowerCase();
  if (!own.startsWith("zh")) return "en";
  return /hant|tw|hk|mo/.test(own) ? "zh-hant" : "zh";
}

export function chosen() {
  const told = new URLSearchParams(location.search).get("lang") ?? localStorage.getItem("lang") ?? usual();
  return LANGUAGES.includes(told) ? told : "en";
}

export async function learn() {
  known = await (await fetch(`/words/${chosen()}`)).json();
  document.documentElement.lang = { zh: "zh-Hans", "zh-hant": "zh-Hant" }[chosen()] ?? "en";
  document.title = say("title");
}

export function speak(language) {
  localStorage.setItem("lang", language);
  const address = new URL(location.href);
  address.searchParams.delete("lang");
  location.replace(address);
  location.reload();
}

export function say(key) {
  return known[key] ?? key;
}

export { LANGUAGES };
