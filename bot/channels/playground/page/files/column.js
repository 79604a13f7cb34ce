// One person's phone: the chats they can open, what shows there, and everything they can do.

import { bubble } from "/page/bubble.js";
import { el, fill } from "/page/build.js";
import { menu } from "/page/menu.js";
import { act } from "/page/wire.js";
import { say } from "/page/words.js";

const SENDABLE = ["photo", "document", "voice", "sticker", "location", "contact"];
const NEAR = 80;
const TOAST_MS = 3500;

export class Column {
  constructor(id, onClose) {
    this.id = id;
    this.chat = id;
    this.parts = new Map();
    this.nodes = new Map();
    this.seen = new Map();
    this.answering = 0;
    this.editing = null;
    this.header = el("header");
    this.list = el("ol", { class: "messages", "aria-live": "polite" });
    this.under = el("div", { class: "under" });
    this.field = el("textarea", { rows: 1, placeholder: say("write"), "aria-label": say("write"), onkeydown: (event) => this.key(event) });
    this.toasts = el("div", { class: "toasts", role: "status" });
    this.onClose = onClose;
    this.sheet = el("div", { class: "sheet-of-commands", hidden: true });
    this.node = el("section", { class: "phone", data: { person: id } }, this.header, this.list, this.toasts, this.under, this.sheet, this.form());
  }

  form() {
    const attach = el("select", { class: "attach", title: say("attach"), "aria-label": say("attach"), onchange: (event) => this.send(event.target) },
      el("option", { value: "" }, "+"), SENDABLE.map((kind) => el("option", { value: kind }, say(`kind.${kind}`))));
    return el("form", { onsubmit: (event) => { event.preventDefault(); this.submit(); } },
      el("button", { type: "button", class: "commands", title: say("commands"), onclick: () => { this.sheet.hidden = !this.sheet.hidden; } }, "/"),
      attach, this.field,
      el("button", { type: "submit", class: "go", title: say("send") }, "\u27a4"));
  }

  get told() {
    return this.parts.get(`chat:${this.id}:${this.chat}`);
  }

  async does(name, more = {}) {
    const done = await act(name, { person: this.id, ...more });
    if (done.problem) this.toast(done.problem);
    return done;
  }

  here(name, more = {}) {
    return this.does(name, { chat: this.chat, ...more });
  }

  key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.submit();
    }
    if (event.key === "Escape") this.mark(0, null, "");
  }

  submit() {
    const text = this.field.value.trim();
    if (!text) return;
    const { answering, editing } = this;
    this.mark(0, null, "");
    if (editing) this.here("edit", { ...editing, text });
    else this.here("say", answering ? { text, message: answering } : { text });
  }

  mark(answering, editing, text) {
    this.answering = answering;
    this.editing = editing;
    this.field.value = text;
    this.field.placeholder = answering ? say("answering") : say("write");
    if (answering || editing) this.field.focus();
  }

  send(select) {
    if (select.value) this.here("send", { kind: select.value });
    select.value = "";
  }

  toast(text) {
    const node = el("p", {}, text);
    this.toasts.append(node);
    setTimeout(() => node.remove(), TOAST_MS);
  }

  alert(text) {
    const dialog = document.getElementById("alert");
    fill(dialog, el("p", {}, text), el("form", { method: "dialog" }, el("button", {}, "OK")));
    dialog.showModal();
  }

  async press(node, button, message, row, column) {
    if (button.url) return this.follow(button.url) || window.open(button.url, "_blank", "noopener,noreferrer");
    if (button.copy) return navigator.clipboard.writeText(button.copy);
    node.classList.add("busy");
    const answer = await this.here("press", { ...message, row, column, text: button.text });
    node.classList.remove("busy");
    if (answer.answered === false) this.toast(say("unanswered"));
    if (answer.text) (answer.show_alert ? this.alert(answer.text) : this.toast(answer.text));
    if (answer.url) this.follow(answer.url);
    return null;
  }

  // A link to the bot opens here; any other is left to the browser.
  follow(address) {
    const url = new URL(address);
    const own = this.parts.get("street").bot.username;
    if (url.hostname !== "t.me" || url.pathname.slice(1).toLowerCase() !== own.toLowerCase()) return false;
    if (url.searchParams.has("startgroup")) this.here("follow", { text: address });
    else this.does("follow", { text: address, chat: this.id }).then(() => this.open(this.id));
    return true;
  }

  open(chat) {
    this.chat = chat;
    this.nodes.clear();
    this.list.replaceChildren();
    this.mark(0, null, "");
    this.show();
    this.list.scrollTop = this.list.scrollHeight;
  }

  // How many messages came into a chat since it was last looked at; what was there before the page was, was seen.
  fresh(chat, told) {
    const order = told?.order ?? [];
    if (chat === this.chat || !this.seen.has(chat)) this.seen.set(chat, new Set(order));
    return order.filter((key) => !this.seen.get(chat).has(key)).length;
  }

  update(parts, changed) {
    this.parts = parts;
    const own = `said:${this.id}:${this.chat}:`;
    for (const name of changed) if (name.startsWith(own)) this.nodes.delete(name);
    this.show();
  }

  show() {
    const person = this.parts.get("street").people.find((one) => one.id === this.id);
    const { list, told } = this;
    if (!person || !told) return;
    const near = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR;
    fill(this.header, menu(this, person, told));
    const wanted = told.order.map((key) => this.message(key)).filter(Boolean);
    const foot = [told.draft && el("li", { class: "said bot" }, el("div", { class: "bubble draft" }, told.draft)), this.hint(told)].filter(Boolean);
    this.arrange([...wanted, ...foot]);
    fill(this.under, this.keyboard(told));
    fill(this.sheet, told.menu.map((one) => el("button", { type: "button", onclick: () => this.command(one.command) }, el("b", {}, `/${one.command}`), el("span", {}, one.description))));
    this.form_state(person, told);
    if (near) list.scrollTop = list.scrollHeight;
  }

  // Nodes that stay where they are keep their scrolling, their focus and their spinners.
  arrange(nodes) {
    const kept = new Set(nodes);
    for (const node of [...this.list.children]) if (!kept.has(node)) node.remove();
    nodes.forEach((node, at) => {
      if (this.list.children[at] !== node) this.list.insertBefore(node, this.list.children[at] ?? null);
    });
  }

  message(key) {
    const name = `said:${this.id}:${this.chat}:${key}`;
    const told = this.parts.get(name);
    if (!told || this.nodes.has(name)) return this.nodes.get(name);
    const which = told.whisper ? { whisper: told.whisper } : { message: told.id };
    const node = bubble(told, {
      named: !this.told.private,
      removable: told.mine || this.told.private,
      say: (text) => this.here("say", { text }),
      link: (address) => this.follow(address),
      press: (pressed, button, row, column) => this.press(pressed, button, which, row, column),
      vote: (choice) => this.here("vote", { ...which, choices: [choice] }),
      reply: () => this.mark(told.id, null, this.field.value),
      react: () => this.here("react", { ...which, text: "\ud83d\udc4d" }),
      edit: () => this.mark(0, which, told.text),
      remove: () => this.here("delete", which),
    });
    node.dataset.key = key;
    this.nodes.set(name, node);
    return node;
  }

  hint(told) {
    if (!told.private || told.order.length > 0) return null;
    return el("li", { class: "about" }, el("p", {}, told.about || say("nothing")),
      el("button", { type: "button", class: "start", onclick: () => this.does("start") }, say("start")));
  }

  keyboard(told) {
    return told.keyboard.map((row) => el("div", { class: "row" }, row.map((label) => el("button", { type: "button", onclick: () => this.here("tap", { text: label }) }, label))));
  }

  command(name) {
    this.sheet.hidden = true;
    this.here("say", { text: this.told.private ? `/${name}` : `/${name}@${this.parts.get("street").bot.username}` });
  }

  form_state(person, told) {
    const out = !told.private && ["left", "kicked"].includes(told.status);
    this.field.disabled = out || person.blocked;
    this.node.classList.toggle("offline", person.offline);
  }
}
