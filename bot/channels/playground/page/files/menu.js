// The head of a phone: whose it is, the chats, whether the bot types, and what else the person can do.

import { el } from "/page/build.js";
import { say } from "/page/words.js";

const TICK_MS = 1000;

function tabs(column, person) {
  return el("nav", {}, person.chats.map((chat) => {
    const told = column.parts.get(`chat:${person.id}:${chat}`);
    const label = told?.private ? column.parts.get("street").bot.name : told?.title;
    const fresh = column.fresh(chat, told);
    return el("button", { type: "button", class: chat === column.chat ? "open" : "", onclick: () => column.open(chat) },
      label ?? "", fresh > 0 && el("sup", { title: say("unread") }, String(fresh)));
  }));
}

function typing(told) {
  const node = el("small", {}, told.private ? "" : `${told.members} ${say("members")}`);
  const left = told.typing.until * TICK_MS - Date.now();
  if (told.typing.what && left > 0) {
    const usual = node.textContent;
    node.textContent = say("typing");
    setTimeout(() => { node.textContent = usual; }, left);
  }
  return node;
}

function deep(column) {
  const field = el("input", { placeholder: say("payload"), "aria-label": say("payload"), maxlength: 64 });
  return el("form", { onsubmit: (event) => { event.preventDefault(); column.does("start", { text: field.value.trim() }); } },
    field, el("button", { type: "submit" }, say("deep")));
}

function deeds(column, person, told) {
  const one = (label, name) => el("button", { type: "button", onclick: () => column.here(name) }, say(label));
  const common = [one(person.blocked ? "unblock" : "block", person.blocked ? "unblock" : "block"), one(person.offline ? "online" : "offline", "offline")];
  if (told.private) return [...common, deep(column)];
  const inside = !["left", "kicked"].includes(told.status);
  const there = !["left", "kicked"].includes(told.bot);
  const chief = told.bot === "administrator";
  return [
    ...common,
    one(inside ? "leave" : "join", inside ? "leave" : "join"),
    inside && one(there ? "kick_bot" : "bring_bot", there ? "kick_bot" : "bring_bot"),
    there && told.status === "creator" && one(chief ? "demote_bot" : "promote_bot", chief ? "demote_bot" : "promote_bot"),
    ...told.others.map((other) => standing(column, other)),
  ];
}

// Whoever made the group makes somebody an administrator, or a member again.
function standing(column, other) {
  const name = other.chief ? "demote" : "promote";
  return el("button", { type: "button", onclick: () => column.here(name, { other: other.id }) }, `${say(name)} \u00b7 ${other.name}`);
}

// The fold is asked before it is built anew, so that it stays open while news come in.
export function menu(column, person, told) {
  const open = column.header.querySelector("details")?.open ?? false;
  const typed = column.header.querySelector("details input")?.value ?? "";
  const fold = el("details", { class: "more", open }, el("summary", { title: say("more") }, "\u22ef"),
    el("div", { class: "card" }, deeds(column, person, told), el("button", { type: "button", onclick: column.onClose }, say("close"))));
  const field = fold.querySelector("input");
  if (field) field.value = typed;
  return [
    el("div", { class: "who" },
      el("span", { class: "face" }, [...person.name][0]),
      el("span", { class: "name" }, el("b", {}, person.name), el("small", {}, `${person.language}${person.username ? ` @${person.username}` : ""}`)),
      typing(told), fold),
    tabs(column, person),
  ];
}
