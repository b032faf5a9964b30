// The layout: a row for each node, its pieces of memory on one axis in which holes are cut short.

const OWN_SCALE_FROM = 12;
const HOT = 1, LOCAL = 2;
const WINDOW = { SRAT: "window", CEDT: "cxl" };
const WINDOW_NAME = { window: "window of the SRAT", cxl: "CXL window" };

// How wide a label of the chart is, in pixels of its own font.
const pen = document.createElement("canvas").getContext("2d"), widths = new Map();

function labelWidth(text) {
  if (!widths.has(text)) {
    pen.font = "600 12px system-ui, sans-serif";
    widths.set(text, pen.measureText(text).width);
  }
  return widths.get(text);
}

// Columns of a piecewise linear axis: every piece has room by the square root of its size.
class AddressScale {
  constructor(spans) {
    const edges = [...new Set(spans.flatMap(([start, end]) => [start, end]))].sort((a, b) => a - b);
    const covered = spans.map(([start, end]) => [start, end]).sort((a, b) => a[0] - b[0]);
    this.stops = [];
    let at = 0, reach = -1, next = 0;
    for (let n = 0; n + 1 < edges.length; n += 1) {
      while (next < covered.length && covered[next][0] <= edges[n]) reach = Math.max(reach, covered[next++][1]);
      const hole = reach <= edges[n];
      this.stops.push({ start: edges[n], end: edges[n + 1], hole, at });
      at += hole ? 0 : Math.sqrt(edges[n + 1] - edges[n]);
    }
    const holes = this.stops.filter((stop) => stop.hole).length;
    const gap = holes ? (at * 0.12) / holes : 0;
    const least = at * 0.004;
    at = 0;
    for (const stop of this.stops) {
      stop.at = at;
      at += stop.hole ? Math.min(gap, at ? gap : 0) || gap : Math.max(least, Math.sqrt(stop.end - stop.start));
      stop.until = at;
    }
    this.whole = at || 1;
    this.low = 0;
    this.high = 1;
  }

  place(address) {
    let first = 0, after = this.stops.length;
    while (after - first > 1) {
      const middle = (first + after) >> 1;
      if (this.stops[middle].start <= address) first = middle; else after = middle;
    }
    const stop = this.stops[first];
    const share = Math.min(1, Math.max(0, (address - stop.start) / (stop.end - stop.start)));
    return (stop.at + share * (stop.until - stop.at)) / this.whole;
  }

  percent(address) { return ((this.place(address) - this.low) / (this.high - this.low)) * 100; }

  zoom(factor, around) {
    const width = Math.min(1, Math.max(1e-4, (this.high - this.low) * factor));
    const middle = this.low + (this.high - this.low) * around;
    this.low = Math.min(1 - width, Math.max(0, middle - width * around));
    this.high = this.low + width;
  }

  pan(share) {
    const width = this.high - this.low;
    this.low = Math.min(1 - width, Math.max(0, this.low + share * width));
    this.high = this.low + width;
  }
}

function layoutRows(plan) {
  const rows = new Map();
  const row = (nid) => {
    if (!rows.has(nid)) rows.set(nid, { nid, pieces: [], size: 0n, movable: 0n });
    return rows.get(nid);
  };
  for (const [nid, start, end, zone, marks] of plan.pieces) {
    const one = { start, end, zone, marks, nid, low: parseInt(start, 16), high: parseInt(end, 16) };
    const mine = row(nid);
    mine.pieces.push(one);
    mine.size += sizeOf(start, end);
    if (zone === "Movable") mine.movable += sizeOf(start, end);
  }
  const seen = new Set();
  for (const [start, end, nid, kind, what] of plan.windows.toReversed()) {
    if (nid === null || seen.has(`${start}-${end}`)) continue;
    seen.add(`${start}-${end}`);
    row(nid).pieces.push({ start, end, zone: WINDOW[kind], marks: 0, nid, what, low: parseInt(start, 16), high: parseInt(end, 16) });
  }
  const found = [...rows.values()].sort((a, b) => a.nid - b.nid);
  for (const one of found) one.pieces.sort((a, b) => a.low - b.low);
  return found;
}

function tierOf(plan) {
  const numbers = new Map();
  const tiers = plan.tiers ? plan.tiers.tiers : [];
  if (tiers.length > 1) tiers.forEach(([, nids], at) => nids.forEach((nid) => numbers.set(nid, Math.min(at, 4))));
  return numbers;
}

class LayoutChart {
  constructor(plan, home) {
    this.plan = plan;
    this.rows = layoutRows(plan);
    this.tiers = tierOf(plan);
    this.scale = new AddressScale(this.rows.flatMap((row) => row.pieces.map((piece) => [piece.low, piece.high])));
    this.current = [0, 0];
    this.own = this.rows.length > OWN_SCALE_FROM;
    this.ruler = make("div", { class: "ruler", "aria-hidden": "true" });
    this.list = new RowList(this.rows.length, 26, (number) => this.row(number), 28);
    this.list.element.setAttribute("role", "group");
    this.list.element.setAttribute("aria-label", "Memory of each node; arrow keys move, plus and minus zoom, Enter selects");
    this.list.element.addEventListener("keydown", (event) => this.key(event));
    this.list.element.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    this.panel = make("div", { class: "panel", id: "chosen", role: "status" }, make("span", { class: "quiet hint" }, "Select a piece of memory to see its table entry and the reasons."));
    const tool = (name, label, act) => make("button", { type: "button", "aria-label": label, click: act }, name);
    home.append(
      make("div", { class: "tools" },
        tool("+", "Zoom in", () => this.zoom(0.5)), tool("\u2212", "Zoom out", () => this.zoom(2)),
        tool("\u25c0", "Move to lower addresses", () => this.pan(-0.3)), tool("\u25b6", "Move to higher addresses", () => this.pan(0.3)),
        tool("Whole machine", "Show the whole machine", () => this.reset()), this.toggle(), this.legend()),
      make("div", { class: "chart" },
        make("div", { class: "heads", "aria-hidden": "true" }, make("span", null, "size"), make("span", null, "movable")), this.ruler, this.list.element),
      this.panel);
    this.refresh();
  }

  // One axis for all nodes shows where they are; an axis for each shows what is in them.
  toggle() {
    const words = () => (this.own ? "One axis for all nodes" : "An axis for each node");
    const button = make("button", { type: "button", click: () => { this.own = !this.own; button.textContent = words(); this.refresh(); } }, words());
    return this.rows.length > 1 ? button : null;
  }

  scaleOf(row) {
    if (!this.own) return this.scale;
    row.scale = row.scale || new AddressScale(row.pieces.map((piece) => [piece.low, piece.high]));
    row.scale.low = this.scale.low;
    row.scale.high = this.scale.high;
    return row.scale;
  }

  legend() {
    const zones = new Set(), list = make("ul", { class: "legend" });
    let hot = false, local = false;
    for (const row of this.rows) for (const piece of row.pieces) {
      zones.add(piece.zone);
      hot = hot || Boolean(piece.marks & HOT);
      local = local || Boolean(piece.marks & LOCAL);
    }
    for (const zone of zones) list.append(make("li", null, make("i", { class: `piece z-${zone}` }), WINDOW_NAME[zone] || `zone ${zone}`));
    if (hot) list.append(make("li", null, make("i", { class: "piece hot" }), "hot-pluggable"));
    if (local) list.append(make("li", null, "* holds node-local data"));
    const levels = this.tiers.size ? this.plan.tiers.tiers : [];
    levels.slice(0, 5).forEach(([number], at) => list.append(make("li", null, make("i", { class: `t${at}` }), `memory tier ${number}`)));
    if (this.scale.stops.some((stop) => stop.hole)) list.append(make("li", null, "\u22ef hole, drawn smaller than it is"));
    return list;
  }

  row(number) {
    const row = this.rows[number];
    const bar = make("div", { class: "bar" }), scale = this.scaleOf(row);
    row.pieces.forEach((piece, at) => {
      const left = scale.percent(piece.low), right = scale.percent(piece.high);
      if (right < -1 || left > 101) return;
      bar.append(this.piece(piece, number, at, Math.max(left, -1), Math.min(right, 101)));
      const before = row.pieces[at - 1];
      if (before && before.high < piece.low) {
        const hole = make("span", { class: "hole" });
        hole.style.left = `${scale.percent(before.high)}%`;
        hole.style.width = `${left - scale.percent(before.high)}%`;
        bar.append(hole);
      }
    });
    const tier = this.tiers.has(row.nid) ? make("span", { class: `tier t${this.tiers.get(row.nid)}` }) : null;
    const size = (bytes) => make("span", null, bytes ? sizeText(bytes) : "-");
    return make("div", { class: "row" }, make("span", { class: "name" }, `node${row.nid}`), tier, bar,
      make("span", { class: "sizes" }, size(row.size), size(row.movable)));
  }

  piece(piece, number, at, left, right) {
    const words = this.words(piece);
    const current = this.current[0] === number && this.current[1] === at;
    const button = make("button", {
      type: "button", class: `piece z-${piece.zone}${piece.marks & HOT ? " hot" : ""}${this.chosen === piece ? " chosen" : ""}`,
      tabindex: current ? 0 : -1, "aria-label": `${this.forms(piece)[0]}: ${words.replaceAll("\n", ", ")}`,
      pointerenter: (event) => showTip(event.currentTarget, words), pointerleave: hideTip,
      focus: (event) => { this.current = [number, at]; showTip(event.currentTarget, words); }, blur: hideTip,
      click: () => this.choose(piece),
    });
    button.dataset.at = `${number}.${at}`;
    button.style.left = `${left}%`;
    button.style.width = `max(2px, ${right - left}%)`;
    const room = ((right - left) / 100) * (this.list.element.clientWidth - 250);
    button.textContent = this.label(piece, room);
    return button;
  }

  forms(piece) {
    const name = { window: "add", cxl: "CXL" }[piece.zone] || piece.zone;
    const mark = piece.marks & LOCAL ? "*" : "";
    const size = sizeText(sizeOf(piece.start, piece.end));
    return [`${name} ${size}${mark}`, `${size}${mark}`, mark];
  }

  label(piece, room) { return this.forms(piece).find((form) => labelWidth(form) + 6 <= room) || ""; }

  entries(piece) {
    return this.plan.sources.filter(([start, end]) => parseInt(start, 16) < piece.high && parseInt(end, 16) > piece.low);
  }

  words(piece) {
    const lines = [`${rangeText(piece.start, piece.end)} (${sizeText(sizeOf(piece.start, piece.end))})`];
    lines.push(piece.what ? `node ${piece.nid}: ${piece.what}` : `node ${piece.nid}, zone ${piece.zone}`);
    if (piece.marks & HOT) lines.push("hot-pluggable");
    if (piece.marks & LOCAL) lines.push("holds node-local data");
    const found = this.entries(piece);
    for (const [, , offset, pxm] of found.slice(0, 3)) if (offset !== null) lines.push(`SRAT ${entryName(offset)}, domain ${pxm}`);
    if (found.length > 3) lines.push(`and ${found.length - 3} more entries`);
    const hot = this.plan.ranges.find(([start, end]) => parseInt(start, 16) < piece.high && parseInt(end, 16) > piece.low);
    if (hot) lines.push(`${hot[4]}: ${hot[5]}`);
    return lines.join("\n");
  }

  choose(piece) {
    this.chosen = piece;
    const list = make("dl");
    const add = (name, ...values) => list.append(make("dt", null, name), make("dd", null, ...values));
    add("addresses", make("span", { class: "mono" }, rangeText(piece.start, piece.end)), ` (${sizeText(sizeOf(piece.start, piece.end))})`);
    add("node", make("a", { href: `#node-${piece.nid}`, click: () => showNode(piece.nid) }, `${piece.nid}`));
    add(piece.what ? "window" : "zone", piece.what || piece.zone);
    const found = this.entries(piece);
    for (const [, , offset, pxm] of found.slice(0, 8)) {
      if (offset === null) continue;
      const rules = findingsAt("SRAT", offset).map((row) => `${row[1]} ${row[8]}`);
      add("table entry", bytesLink("SRAT", offset), ` domain ${pxm}`, rules.length ? `; ${rules.join("; ")}` : "");
    }
    if (found.length > 8) add("table entry", `and ${found.length - 8} more`);
    for (const hot of this.plan.ranges) {
      if (parseInt(hot[0], 16) < piece.high && parseInt(hot[1], 16) > piece.low) add("rule", `${hot[4]}: ${hot[5]}`);
    }
    this.panel.replaceChildren(list);
    this.redraw();
  }

  redraw() {
    const focused = document.activeElement && document.activeElement.dataset ? document.activeElement.dataset.at : null;
    this.list.redraw();
    if (focused) this.focus(...focused.split(".").map(Number));
  }

  refresh() {
    this.redraw();
    const marks = this.scale.stops.filter((stop) => !stop.hole).map((stop) => stop.start);
    if (this.scale.stops.length) marks.push(this.scale.stops.at(-1).end);
    const width = this.ruler.clientWidth || 800;
    let free = -1;
    this.ruler.replaceChildren();
    if (this.own) {
      this.ruler.append(make("span", null, "from the first to the last byte of each node"));
      return;
    }
    for (const address of marks) {
      const at = (this.scale.percent(address) / 100) * width;
      if (at < free || at < -1 || at > width - 30) continue;
      const label = make("span", null, address ? sizeText(address) : "0");
      label.style.left = `${at}px`;
      this.ruler.append(label);
      free = at + 46;
    }
  }

  zoom(factor, around = 0.5) { this.scale.zoom(factor, around); this.refresh(); }
  pan(share) { this.scale.pan(share); this.refresh(); }
  reset() { this.scale.low = 0; this.scale.high = 1; this.refresh(); }

  wheel(event) {
    if (!event.ctrlKey && !event.shiftKey) return;
    event.preventDefault();
    const box = this.ruler.getBoundingClientRect();
    if (event.ctrlKey) this.zoom(event.deltaY > 0 ? 1.25 : 0.8, Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)));
    else this.pan(Math.sign(event.deltaY || event.deltaX) * 0.1);
  }

  focus(number, at) {
    this.current = [number, at];
    const row = this.list.show(number);
    const button = row && row.querySelector(`[data-at="${number}.${at}"]`);
    if (button) { button.tabIndex = 0; button.focus(); }
  }

  key(event) {
    const [number, at] = this.current;
    const row = this.rows[number];
    const moves = {
      ArrowRight: () => this.focus(number, Math.min(at + 1, row.pieces.length - 1)), ArrowLeft: () => this.focus(number, Math.max(at - 1, 0)),
      ArrowDown: () => this.down(number + 1, at), ArrowUp: () => this.down(number - 1, at),
      Home: () => this.down(0, 0), End: () => this.down(this.rows.length - 1, 0),
      "+": () => this.zoom(0.5), "=": () => this.zoom(0.5), "-": () => this.zoom(2), 0: () => this.reset(),
    };
    if (!moves[event.key] || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    moves[event.key]();
  }

  down(number, at) {
    if (number < 0 || number >= this.rows.length) return;
    this.focus(number, Math.min(at, this.rows[number].pieces.length - 1));
  }

  // Selects the piece that an entry of the SRAT describes, and brings it on the screen.
  showEntry(offset) {
    const source = this.plan.sources.find((one) => one[2] === offset);
    if (!source) return;
    const low = parseInt(source[0], 16), high = parseInt(source[1], 16);
    this.rows.some((row, number) => row.pieces.some((piece, at) => {
      if (piece.low >= high || piece.high <= low) return false;
      this.reset();
      this.choose(piece);
      document.getElementById("layout").scrollIntoView();
      this.focus(number, at);
      return true;
    }));
  }
}

function drawLayout() {
  if (!D.plan || !(D.plan.pieces.length || D.plan.windows.length)) return null;
  return new LayoutChart(D.plan, section("layout", "Layout"));
}
