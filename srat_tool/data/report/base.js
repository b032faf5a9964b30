"use strict";
// What every section uses. Text reaches the page as text only: nothing here parses markup.

const D = JSON.parse(document.getElementById("data").textContent);

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name, value);
    else if (name === "class") element.className = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children) if (child !== null && child !== undefined) element.append(child);
  return element;
}

const UNITS = [["E", 60n], ["P", 50n], ["T", 40n], ["G", 30n], ["M", 20n], ["K", 10n]];

function sizeText(bytes) {
  const size = BigInt(bytes);
  for (const [name, bits] of UNITS) {
    if (size >= 1n << bits) {
      const tenths = (size * 10n + (1n << (bits - 1n))) >> bits;
      return tenths % 10n ? `${tenths / 10n}.${tenths % 10n}${name}` : `${tenths / 10n}${name}`;
    }
  }
  return `${size}`;
}

const big = (hex) => BigInt(`0x${hex}`);
const sizeOf = (start, end) => big(end) - big(start);
const last = (end) => (big(end) - 1n).toString(16);
const rangeText = (start, end) => `0x${start}-0x${last(end)}`;
const offsetText = (offset) => `+0x${offset.toString(16).padStart(4, "0")}`;

function section(id, title) {
  const made = make("section", { id, "aria-labelledby": `${id}-title` }, make("h2", { id: `${id}-title` }, title));
  document.getElementById("main").append(made);
  document.getElementById("nav").append(make("li", null, make("a", { href: `#${id}` }, title)));
  return made;
}

function table(heads, rows, classes) {
  const cell = (tag, value, at) => make(tag, { class: (classes || [])[at], scope: tag === "th" ? "col" : null }, value);
  const head = make("tr", null, ...heads.map((head, at) => cell("th", head, at)));
  const body = rows.map((row) => make("tr", null, ...row.map((value, at) => cell("td", value, at))));
  return make("div", { class: "wide", tabindex: 0, role: "region", "aria-label": heads.filter(Boolean).join(", ") },
    make("table", null, make("thead", null, head), make("tbody", null, ...body)));
}

const tip = document.getElementById("tip");

function showTip(element, text) {
  const place = element.getBoundingClientRect();
  tip.textContent = text;
  tip.classList.add("on");
  const box = tip.getBoundingClientRect();
  const left = Math.max(4, Math.min(place.left, window.innerWidth - box.width - 8));
  const below = place.bottom + 6 + box.height < window.innerHeight;
  tip.style.left = `${left}px`;
  tip.style.top = `${below ? place.bottom + 6 : Math.max(4, place.top - box.height - 6)}px`;
}

function hideTip() { tip.classList.remove("on"); }

document.addEventListener("keydown", (event) => { if (event.key === "Escape") hideTip(); });
document.addEventListener("scroll", hideTip, { capture: true, passive: true });

// Runs `draw` when the element comes near the screen, or at once for a link or a printer.
const pending = new Map();
const watcher = new IntersectionObserver((seen) => {
  for (const one of seen) if (one.isIntersecting) drawNow(one.target);
}, { rootMargin: "300px" });

function later(element, draw) {
  pending.set(element, draw);
  watcher.observe(element);
}

function drawNow(element) {
  const draw = pending.get(element);
  if (!draw) return undefined;
  pending.delete(element);
  watcher.unobserve(element);
  return draw();
}

let printing = false;
window.addEventListener("beforeprint", () => {
  printing = true;
  for (const element of [...pending.keys()]) drawNow(element);
});
window.addEventListener("afterprint", () => { printing = false; });

// A list of rows of one height, of which those near the screen exist.
class RowList {
  constructor(count, height, draw, visible) {
    this.count = count;
    this.height = height;
    this.draw = draw;
    this.rows = new Map();
    this.inner = make("div", { class: "inner" });
    this.inner.style.position = "relative";
    this.inner.style.height = `${count * height}px`;
    this.element = make("div", { class: "scroll" }, this.inner);
    if (visible) this.element.style.height = `${Math.min(count, visible) * height + 4}px`;
    this.element.addEventListener("scroll", () => this.update(), { passive: true });
    window.addEventListener("resize", () => this.redraw());
    window.addEventListener("beforeprint", () => this.fill(0, this.count));
  }

  update() {
    const top = Math.floor(this.element.scrollTop / this.height) - 8;
    const shown = Math.ceil((this.element.clientHeight || 600) / this.height) + 16;
    this.fill(Math.max(0, top), Math.min(this.count, top + shown));
  }

  fill(first, end) {
    for (const [number, row] of this.rows) {
      if (number < first || number >= end) {
        if (row.contains(document.activeElement)) continue;
        row.remove();
        this.rows.delete(number);
      }
    }
    for (let number = first; number < end; number += 1) {
      if (this.rows.has(number)) continue;
      const row = this.draw(number);
      row.style.top = `${number * this.height}px`;
      this.rows.set(number, row);
      this.inner.append(row);
    }
  }

  redraw() {
    for (const row of this.rows.values()) row.remove();
    this.rows.clear();
    this.update();
  }

  show(number) {
    const top = number * this.height;
    const { scrollTop, clientHeight } = this.element;
    if (top < scrollTop || top + this.height > scrollTop + clientHeight) this.element.scrollTop = Math.max(0, top - clientHeight / 2);
    this.update();
    return this.rows.get(number);
  }
}
