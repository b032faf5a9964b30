// Tables: their structures as a list, and the bytes of each field of the chosen one.

const opened = new Map();

function bytesNow(number) {
  return Uint8Array.from(atob(D.tables[number].data), (one) => one.charCodeAt(0));
}

function bytesOf(number) {
  if (!opened.has(number)) {
    const data = bytesNow(number);
    const stream = () => new Blob([data]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    const bytes = D.tables[number].packed ? new Response(stream()).arrayBuffer().then((buffer) => new Uint8Array(buffer)) : Promise.resolve(data);
    opened.set(number, bytes);
  }
  return opened.get(number);
}

function entryName(offset) {
  const number = D.tables.findIndex((one) => one.sig === "SRAT");
  if (number < 0) return offsetText(offset);
  const at = D.tables[number].parts.findIndex((part) => part[1] === offset);
  const before = D.tables[number].parts.slice(0, Math.max(at, 0)).filter((part) => isEntry(part)).length;
  return at < 0 ? offsetText(offset) : `entry ${before} at ${offsetText(offset)}`;
}

const isEntry = (part) => !["header", "fields"].includes(D.layouts[part[0]][0]);

function findingsAt(signature, offset) {
  const number = D.tables.findIndex((one) => one.sig === signature);
  if (!D.findings || number < 0) return [];
  return D.findings.rows.filter((row) => row[4] === number && row[5] !== null && partAt(number, row[5]) === partAt(number, offset));
}

function partAt(number, offset) {
  const parts = D.tables[number].parts;
  let first = 0, after = parts.length;
  while (after - first > 1) {
    const middle = (first + after) >> 1;
    if (parts[middle][1] <= offset) first = middle; else after = middle;
  }
  return first;
}

function bytesLink(signature, offset, size) {
  const number = typeof signature === "number" ? signature : D.tables.findIndex((one) => one.sig === signature);
  if (number < 0) return offsetText(offset);
  return make("a", { href: `#table-${number}`, click: (event) => { event.preventDefault(); showBytes(number, offset, size); } },
    `${D.tables[number].sig} ${offsetText(offset)}`);
}

const boxes = new Map();

function showBytes(number, offset, size) {
  const box = boxes.get(number);
  box.element.open = true;
  box.fill();
  box.choose(partAt(number, offset), offset, size || 1);
  box.element.scrollIntoView();
  box.element.querySelector("summary").focus({ preventScroll: true });
}

class TableBox {
  constructor(number) {
    this.number = number;
    this.table = D.tables[number];
    const { sig, revision, size, checksum, label, oem } = this.table;
    this.element = make("details", { id: `table-${number}` },
      make("summary", null, make("strong", null, sig), ` revision ${revision}, ${size} bytes, checksum `,
        make("span", { class: checksum ? "good" : "bad" }, checksum ? "ok" : "wrong"), make("span", { class: "quiet" }, `, ${oem}, from ${label}`)));
    this.element.addEventListener("toggle", () => { if (this.element.open) this.fill(); });
  }

  fill() {
    if (this.list) return;
    const parts = this.table.parts;
    this.wrong = new Set(this.table.defects.map(([offset]) => partAt(this.number, offset)));
    this.list = new RowList(parts.length, 24, (at) => this.row(at));
    this.list.element.setAttribute("role", "group");
    this.list.element.setAttribute("aria-label", `Structures of the ${this.table.sig}`);
    this.list.element.addEventListener("keydown", (event) => this.key(event));
    this.fields = make("div", { class: "fields", tabindex: 0, role: "region", "aria-label": "Fields and bytes" });
    for (const [offset, text] of this.table.defects) this.element.append(make("p", { class: "error" }, `defect at ${offsetText(offset)}: ${text}`));
    this.element.append(make("div", { class: "parts" }, this.list.element, this.fields));
    this.list.update();
    this.choose(0);
  }

  row(at) {
    const [layout, offset, values] = this.table.parts[at];
    const [name, fields] = D.layouts[layout];
    const quiet = new Set(["type", "length", "signature", "checksum"]);
    const words = fields.map(([field], n) => [field, values[n]]).filter(([field]) => field && !quiet.has(field) && !field.startsWith("reserved"));
    const text = `${offsetText(offset)}  ${name}  ${words.slice(0, 5).map(([field, value]) => `${field}=${value}`).join(" ")}`;
    return make("button", {
      type: "button", class: `part${this.wrong.has(at) ? " wrong" : ""}${at === this.chosen ? " chosen" : ""}`,
      tabindex: at === (this.chosen || 0) ? 0 : -1, "aria-pressed": at === this.chosen ? "true" : "false", "data-at": at, click: () => this.choose(at),
    }, text);
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 15, PageUp: -15 }[event.key];
    if (!step) return;
    event.preventDefault();
    this.choose(Math.min(this.table.parts.length - 1, Math.max(0, this.chosen + step)));
    this.list.show(this.chosen).focus();
  }

  choose(at, offset, size) {
    this.chosen = at;
    this.list.show(at);
    this.list.redraw();
    bytesOf(this.number).then((bytes) => this.draw(bytes, at, offset, size));
  }

  draw(bytes, at, offset, size) {
    if (at !== this.chosen) return;
    const [layout, start, values] = this.table.parts[at];
    const [name, fields] = D.layouts[layout];
    const rows = fields.map(([field, place, length], n) => {
      const shown = [...bytes.subarray(start + place, start + place + Math.min(length, 64))].map((one) => one.toString(16).padStart(2, "0")).join(" ");
      const hit = offset !== undefined && start + place < offset + size && start + place + length > offset;
      return make("tr", { class: hit ? "hit" : null }, make("td", { class: "mono" }, offsetText(start + place)),
        make("td", { class: "hex" }, length > 64 ? `${shown} \u2026` : shown), make("td", null, field || "\u2014"), make("td", { class: "mono" }, values[n]));
    });
    const rules = (D.findings ? D.findings.rows : []).filter((row) => row[4] === this.number && row[5] !== null && partAt(this.number, row[5]) === at);
    this.fields.replaceChildren(
      make("p", null, make("strong", null, name), ` at ${offsetText(start)} `,
        this.table.sig === "SRAT" && chart && D.plan.sources.some((one) => one[2] === start)
          ? make("button", { type: "button", class: "plain", click: () => chart.showEntry(start) }, "show in the layout") : null),
      ...rules.map((row) => make("p", { class: row[0] }, `${row[1]}: ${row[8]}`)),
      make("table", null, make("thead", null, make("tr", null, ...["offset", "bytes", "field", "value"].map((head) => make("th", { scope: "col" }, head)))), make("tbody", null, ...rows)));
    const hit = this.fields.querySelector(".hit");
    if (hit) hit.scrollIntoView({ block: "nearest" });
  }
}

function drawTables() {
  if (!D.tables.length) return;
  const home = section("tables", "Tables");
  D.tables.forEach((_, number) => {
    const box = new TableBox(number);
    boxes.set(number, box);
    home.append(box.element);
  });
  boxes.get(0).element.open = D.tables.length === 1;
}
