// Text with marked stretches, counted in UTF-16 units as JavaScript counts too, becomes nested nodes.

import { el } from "/page/build.js";

const TAGS = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};

const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);

function web(address) {
  try {
    const url = new URL(address);
    return ["http:", "https:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

function link(address, inside, onLink) {
  const href = web(address);
  if (!href) return el("span", {}, inside);
  return el("a", {
    href, target: "_blank", rel: "noopener noreferrer", title: href,
    onclick: (event) => onLink(href) && event.preventDefault(),
  }, inside);
}

function marked(entity, words, inside, on) {
  if (entity.type === "text_link") return link(entity.url, inside, on.link);
  if (entity.type === "url") return link(words, inside, on.link);
  if (entity.type === "bot_command") return el("button", { class: "word", type: "button", onclick: () => on.say(words) }, inside);
  if (["mention", "hashtag", "text_mention", "cashtag", "email", "phone_number"].includes(entity.type)) return el("span", { class: "word" }, inside);
  if (entity.type === "spoiler") return el("span", { class: "spoiler", onclick: (event) => event.currentTarget.classList.add("shown") }, inside);
  if (entity.type === "expandable_blockquote") return el("blockquote", { class: "folded", onclick: (event) => event.currentTarget.classList.toggle("folded") }, inside);
  return el(TAGS[entity.type] ?? "span", {}, inside);
}

function stretch(text, begin, end, entities, on) {
  const nodes = [];
  let at = begin;
  for (let next = 0; next < entities.length;) {
    const entity = entities[next];
    const stop = Math.min(end, entity.offset + entity.length);
    let after = next + 1;
    while (after < entities.length && entities[after].offset < stop) after += 1;
    if (entity.offset < at || stop <= entity.offset) { next += 1; continue; }
    nodes.push(text.slice(at, entity.offset));
    const inside = stretch(text, entity.offset, stop, entities.slice(next + 1, after), on);
    nodes.push(marked(entity, text.slice(entity.offset, stop), inside, on));
    at = BLOCKS.has(entity.type) && text[stop] === "\n" ? stop + 1 : stop; // a block ends its line by itself
    next = after;
  }
  nodes.push(text.slice(at, end));
  return nodes.filter((node) => node !== "");
}

export function rich(text, entities, on) {
  const sorted = [...entities].sort((one, other) => one.offset - other.offset || other.length - one.length);
  return stretch(text, 0, text.length, sorted, on);
}
