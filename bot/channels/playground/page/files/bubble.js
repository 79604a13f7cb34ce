// One message: its bubble with sender, answer, file, words and time, and its buttons below.

import { el } from "/page/build.js";
import { rich } from "/page/entities.js";
import { say } from "/page/words.js";

const STEP = 1024;

function clock(date) {
  return new Date(date * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hour12: false });
}

function size(bytes) {
  if (bytes < STEP) return `${bytes} B`;
  return bytes < STEP * STEP ? `${(bytes / STEP).toFixed(1)} KB` : `${(bytes / STEP / STEP).toFixed(1)} MB`;
}

function file(held) {
  if (!held) return null;
  if (held.picture) {
    return el("a", { class: "picture", href: `${held.place}?save`, download: held.name },
      el("img", { src: held.place, alt: held.name, width: held.width, height: held.height }));
  }
  return el("a", { class: "file", href: `${held.place}?save`, download: held.name },
    el("span", { class: "sheet" }, (held.name.split(".").pop() || held.kind).slice(0, 4)),
    el("span", {}, el("b", {}, held.name), el("small", {}, `${say(`kind.${held.kind}`)} ${size(held.size)}`)));
}

function poll(held, on) {
  if (!held) return null;
  return el("div", { class: "poll" }, el("b", {}, held.question),
    held.options.map((one) => el("button", { type: "button", disabled: held.closed, onclick: () => on.vote(one.text) }, `${one.text} (${one.votes})`)));
}

function tools(told, on) {
  return el("span", { class: "tools" },
    el("button", { type: "button", title: say("reply"), onclick: on.reply }, "\u21a9"),
    el("button", { type: "button", title: say("react"), onclick: on.react }, "\ud83d\udc4d"),
    told.mine && el("button", { type: "button", title: say("edit"), onclick: on.edit }, "\u270e"),
    on.removable && el("button", { type: "button", title: say("delete"), onclick: on.remove }, "\u2715"));
}

function button(told, row, column, on) {
  const node = el("button", { type: "button", title: told.text, data: { row, column } }, told.text);
  node.addEventListener("click", () => on.press(node, told, row, column));
  return node;
}

export function bubble(told, on) {
  if (told.service) {
    const what = say(`service.${told.service.what}`);
    return el("li", { class: "service" }, el("span", {}, [told.from, what, told.service.about].join(" ")));
  }
  const body = el("div", { class: "bubble" },
    on.named && !told.mine && el("div", { class: "from" }, told.from),
    told.whisper > 0 && el("div", { class: "whisper" }, say("whisper")),
    told.answers && el("div", { class: "answers" }, el("b", {}, told.answers.from), el("span", {}, told.answers.text)),
    file(told.file),
    told.plain && el("div", { class: "plain" }, say(`kind.${told.plain}`)),
    poll(told.poll, on),
    el("div", { class: "text" }, rich(told.text, told.entities, on)),
    el("footer", {},
      told.reactions.length > 0 && el("span", {}, told.reactions.join("")),
      told.edited && el("span", {}, say("edited")),
      el("time", {}, clock(told.date))),
    tools(told, on));
  const rows = told.rows.map((row, at) => el("div", { class: "row" }, row.map((one, column) => button(one, at, column, on))));
  return el("li", { class: `said${told.mine ? " mine" : ""}${told.bot ? " bot" : ""}` }, body, rows.length > 0 && el("div", { class: "rows" }, rows));
}
