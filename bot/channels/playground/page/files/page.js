// The page: as many phones side by side as there are people, kept as the server tells.

import { el } from "/page/build.js";
import { Column } from "/page/column.js";
import { Panel, banner, dress } from "/page/panel.js";
import { watch } from "/page/wire.js";
import { learn } from "/page/words.js";

const only = new URLSearchParams(location.search).get("only");
const street = document.getElementById("street");

class Columns {
  constructor() {
    this.parts = new Map();
    this.open = new Map();
    this.closed = new Set(JSON.parse(sessionStorage.getItem("closed") ?? "[]"));
    this.lost = false;
  }

  has(id) {
    return this.open.has(id);
  }

  toggle(id) {
    if (this.closed.has(id)) this.closed.delete(id);
    else this.closed.add(id);
    sessionStorage.setItem("closed", JSON.stringify([...this.closed]));
    this.show([]);
  }

  wanted(person) {
    return only ? [person.username, String(person.id)].includes(only) : !this.closed.has(person.id);
  }

  news(told, afresh) {
    if (afresh) this.parts.clear();
    for (const name of told.gone) this.parts.delete(name);
    for (const [name, part] of Object.entries(told.changed)) this.parts.set(name, part);
    if (afresh) for (const column of this.open.values()) column.nodes.clear();
    this.show(Object.keys(told.changed));
  }

  show(changed) {
    const told = this.parts.get("street");
    if (!told) return;
    const people = told.people.filter((person) => this.wanted(person));
    for (const id of [...this.open.keys()]) if (!people.some((person) => person.id === id)) this.remove(id);
    for (const person of people) {
      if (!this.open.has(person.id)) this.add(person.id);
      this.open.get(person.id).update(this.parts, changed);
    }
    panel.show(told, this.lost);
  }

  add(id) {
    const column = new Column(id, () => this.toggle(id));
    this.open.set(id, column);
    street.append(column.node);
  }

  remove(id) {
    this.open.get(id).node.remove();
    this.open.delete(id);
  }

  away(lost) {
    this.lost = lost;
    document.body.classList.toggle("away", lost);
    this.show([]);
  }
}

dress();
await learn();
if (only) document.body.classList.add("alone");
const columns = new Columns();
banner(document.getElementById("banner"));
const panel = new Panel(document.getElementById("panel"), columns);
street.append(el("span", { hidden: true }));
watch((told, afresh) => columns.news(told, afresh), (lost) => columns.away(lost));
