// Nodes are built from names and plain text only: nothing that anybody wrote is ever read as markup.

export function el(name, traits = {}, ...inside) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(traits)) {
    if (key === "class") node.className = value;
    else if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key === "data") Object.assign(node.dataset, value);
    else if (value === true) node.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(key, String(value));
  }
  node.append(...inside.flat().filter((one) => one !== null && one !== undefined && one !== false));
  return node;
}

export function fill(node, ...inside) {
  node.replaceChildren(...inside.flat().filter((one) => one !== null && one !== undefined && one !== false));
  return node;
}
