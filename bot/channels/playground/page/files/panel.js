// The head of the page: that this is a simulation, who is here, the bot's health, and bad weather on demand.

import { el, fill } from "/page/build.js";
import { act } from "/page/wire.js";
import { LANGUAGES, chosen, say, speak } from "/page/words.js";

const WEATHER = {
  lost: { mishap: "drop_after", method: "sendMessage" },
  unsent: { mishap: "drop_before", method: "sendMessage" },
  many: { mishap: "too_many", method: "sendMessage", seconds: 5 },
  broken: { mishap: "bad_gateway", method: "sendMessage", times: 3 },
  slow: { mishap: "slow", method: "sendMessage", seconds: 10 },
  twice: { mishap: "duplicate" },
  swapped: { mishap: "swap" },
};
const CLIENTS = ["zh-hans", "zh-hant", "en"];

function button(label, done) {
  return el("button", { type: "button", onclick: done }, say(label));
}

function theme() {
  const root = document.documentElement;
  const next = root.dataset.theme === "dark" ? "light" : "dark";
  root.dataset.theme = next;
  localStorage.setItem("theme", next);
}

export function dress() {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const told = new URLSearchParams(location.search).get("theme") ?? localStorage.getItem("theme") ?? dark;
  document.documentElement.dataset.theme = told === "dark" ? "dark" : "light";
}

export function banner(node) {
  const tongue = el("select", { "aria-label": say("language"), onchange: (event) => speak(event.target.value) },
    LANGUAGES.map((one) => el("option", { value: one, selected: one === chosen() }, say(`language.${one}`))));
  fill(node, el("strong", {}, say("title")), el("span", {}, say("banner")), tongue,
    el("button", { type: "button", title: say("theme"), onclick: theme }, "\u25d0"));
}

export class Panel {
  constructor(node, columns) {
    this.columns = columns;
    this.people = el("div", { class: "line people" });
    this.bot = el("span", { class: "state" });
    this.weather = el("ul", { class: "line" });
    this.log = el("pre", { class: "log" });
    fill(node,
      el("div", { class: "line" }, this.people, this.newcomer()),
      el("details", { class: "line" }, el("summary", {}, say("trouble"), " ", this.bot),
        el("div", { class: "line" }, button("reborn", () => act("reborn")), button("stop", () => act("stop")), button("later", () => act("later", { seconds: 600 }))),
        el("div", { class: "line" }, Object.entries(WEATHER).map(([label, told]) => button(`weather.${label}`, () => act("weather", told))), button("fine", () => act("fine_weather"))),
        this.weather, this.log));
  }

  newcomer() {
    const name = el("input", { placeholder: say("newcomer"), "aria-label": say("newcomer"), maxlength: 64, required: true });
    const language = el("select", { "aria-label": say("client") }, CLIENTS.map((one) => el("option", { value: one }, one)));
    return el("form", {
      class: "line",
      onsubmit: async (event) => {
        event.preventDefault();
        const done = await act("move_in", { text: name.value, language: language.value });
        if (!done.problem) name.value = "";
      },
    }, name, language, el("button", { type: "submit" }, say("add")));
  }

  show(street, lost) {
    fill(this.bot, lost ? say("state.away") : say(`state.${street.bot.state}`));
    this.bot.dataset.state = lost ? "away" : street.bot.state;
    fill(this.people, street.people.map((one) => el("button", {
      type: "button", class: this.columns.has(one.id) ? "open" : "", onclick: () => this.columns.toggle(one.id),
    }, one.name)));
    fill(this.weather, street.weather.map((one) => el("li", {}, `${one.kind} ${one.method} \u00d7${one.times}`)));
    this.log.textContent = street.log.slice(-12).join("\n");
  }
}
