// Everything that is a list: findings, ranges, windows, nodes with their reasons, tiers, assumptions.

function drawFindings() {
  const found = D.findings;
  if (!found) return;
  const home = section("findings", "Findings");
  home.append(make("p", null, found.counts));
  for (const [label, reason] of found.unchecked) home.append(make("p", { class: "error" }, `not checked: ${label}: ${reason}`));
  const list = make("div");
  const groups = sameFindings(found.rows);
  const draw = (some) => list.append(...some.map(findingBox));
  draw(groups.slice(0, 100));
  home.append(list);
  if (groups.length > 100) {
    const button = make("button", { type: "button", class: "plain", click: () => { draw(groups.slice(100)); button.remove(); } }, `Show ${groups.length - 100} more`);
    home.append(button);
    window.addEventListener("beforeprint", () => button.click(), { once: true });
  }
  openForPrint(home);
  if (found.more) home.append(make("p", { class: "quiet" }, found.more));
}

// Findings of one rule with the same consequence and remedy are one box; the worst come first.
function sameFindings(rows) {
  const groups = new Map();
  for (const row of rows) {
    const key = JSON.stringify([row[0], row[1], row[9], row[10], row[11]]);
    if (groups.has(key)) groups.get(key).push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()];
}

function findingBox(rows) {
  const [severity, id, name, , , , , , , why, fix, also] = rows[0];
  const head = make("p", null, make("span", { class: severity }, severity), ` ${id} ${name}`);
  const box = make("article", { class: `finding ${severity}` }, head);
  if (rows.length === 1) {
    head.append(", ", ...findingPlace(rows[0]));
    box.append(make("p", null, rows[0][8]));
  } else {
    const more = make("details", null, make("summary", null, `${rows.length} findings, such as: ${rows[0][8]}`));
    more.fill = () => {
      if (more.childElementCount === 1) more.append(make("ul", null, ...rows.map((row) => make("li", null, ...findingPlace(row), ": ", row[8]))));
    };
    more.addEventListener("toggle", more.fill);
    box.append(more);
  }
  if (why) box.append(make("p", null, make("span", { class: "quiet" }, "Consequence: "), why));
  if (fix) box.append(make("p", null, make("span", { class: "quiet" }, "Remedy: "), fix));
  if (also.length) box.append(make("p", { class: "quiet" }, `same cause: ${also.join(", ")}`));
  return box;
}

function findingPlace([, , , signature, number, offset, size, entry]) {
  const place = [number !== null && offset !== null ? bytesLink(number, offset, size) : signature];
  if (entry !== null) place.push(`, entry ${entry} `);
  if (chart && number !== null && offset !== null && signature === "SRAT") {
    const start = D.tables[number].parts[partAt(number, offset)][1];
    if (D.plan.sources.some((one) => one[2] === start)) {
      place.push(make("button", { type: "button", class: "plain", click: () => chart.showEntry(start) }, "show in the layout"));
    }
  }
  return place;
}

function drawRanges() {
  const plan = D.plan;
  if (!plan) return;
  if (plan.ranges.length) {
    const home = section("ranges", "Hot-pluggable ranges");
    later(home, () => home.append(table(["at", "PXM", "node", "addresses", "size", "verdict", "because"], plan.ranges.map(([start, end, nid, pxm, verdict, because, offset]) =>
      [offset === null ? "log" : bytesLink("SRAT", offset), `${pxm}`, nid === null ? "-" : `${nid}`, rangeText(start, end), sizeText(sizeOf(start, end)), verdict, because]),
    ["mono", "n", "n", "mono", "n", "", ""])));
  }
  if (plan.windows.length) {
    const home = section("windows", "Windows for memory that is added later");
    home.append(table(["table", "node", "addresses", "size", "what happens"], plan.windows.map(([start, end, nid, kind, what]) =>
      [kind, nid === null ? "-" : `${nid}`, rangeText(start, end), sizeText(sizeOf(start, end)), what]), ["", "n", "mono", "n", ""]));
  }
}

function showNode(nid) {
  const home = document.getElementById("nodes");
  drawNow(home);
  const row = document.getElementById(`node-${nid}`);
  if (row && row.open === false) row.open = true;
}

function chainList([text, offset, below]) {
  const item = make("li", null, offset === null || offset === undefined ? "" : bytesLink("SRAT", offset), offset === null || offset === undefined ? "" : " ", text);
  if (below) item.append(make("ul", null, ...below.map(chainList)));
  return item;
}

function drawNodes() {
  const plan = D.plan;
  if (!plan || !plan.nodes.length) return;
  const home = section("nodes", "Nodes and reasons");
  const chains = new Map(plan.chains.nodes), local = new Map();
  for (const [nid, what, bytes, start, end, exact] of plan.local) {
    const place = start ? ` at ${rangeText(start, end)}` : "";
    local.set(nid, [...(local.get(nid) || []), `${what} ${exact ? "" : "about "}${sizeText(bytes)}${place}`]);
  }
  later(home, () => {
    for (const node of plan.nodes) home.append(nodeBox(node, chains.get(node[0]), local.get(node[0])));
    if (plan.nodes.length <= PRINTED_NODES) openForPrint(home);
    if (plan.chains.more) home.append(make("p", { class: "quiet" }, plan.chains.more));
  });
}

function nodeBox([nid, pxm, count, cpus, memoryless, kernel, movable], chain, local) {
  const words = [pxm === null ? "in no table" : `PXM ${pxm}`, count ? `${count} processor${count === 1 ? "" : "s"}: ${cpus}` : "no processors"];
  if (memoryless) words.push("no memory");
  if (kernel) words.push("kernel node");
  if (movable) words.push(`ZONE_MOVABLE from 0x${movable}`);
  const box = make("details", { id: `node-${nid}` }, make("summary", null, make("strong", null, `node ${nid}`), ` ${words.join("; ")}`));
  box.fill = () => {
    if (box.childElementCount > 1) return;
    const inner = make("div", { class: "chain" });
    if (kernel) inner.append(make("p", null, `It is a kernel node, because it holds ${kernel.join(", ")}.`));
    if (local) inner.append(make("p", null, `Node-local data: ${local.join("; ")}.`));
    if (chain) inner.append(make("ul", null, chainList(chain)));
    if (!inner.childElementCount) inner.append(make("p", { class: "quiet" }, "Nothing more is known."));
    box.append(inner);
  };
  box.addEventListener("toggle", () => { if (box.open) box.fill(); });
  return box;
}

// Paper has no pointer: findings, and reasons of a machine that is not too large, are opened for it.
const PRINTED_NODES = 32;

function openForPrint(home) {
  let opened = [];
  const open = () => {
    opened = [...home.querySelectorAll("details:not([open])")];
    for (const box of opened) { if (box.fill) box.fill(); box.open = true; }
  };
  window.addEventListener("beforeprint", open);
  window.addEventListener("afterprint", () => { for (const box of opened) box.open = false; });
  if (printing) open();
}

const SVG = "http://www.w3.org/2000/svg";

function shape(tag, attributes, text) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

function numbersText(numbers) {
  const runs = [];
  for (const number of numbers) {
    const before = runs.at(-1);
    if (before && before[1] + 1 === number) before[1] = number; else runs.push([number, number]);
  }
  return runs.map(([first, end]) => (first === end ? `${first}` : `${first}-${end}`)).join(", ");
}

function drawTiers() {
  const found = D.plan && D.plan.tiers;
  if (!found || !found.tiers.length) return;
  const home = section("tiers", "Memory tiers and demotion");
  later(home, () => {
    home.append(make("p", null, found.tiers.length > 1 ? "Tiers from the fastest to the slowest; an arrow leads to where pages of a node are demoted" : "All nodes with memory are in one tier; nothing is demoted", found.why ? ` (${found.why}).` : "."));
    const small = found.tiers.every(([, nids]) => nids.length <= 16) && found.tiers.length > 1;
    if (small) home.append(tierGraph(found));
    const distance = new Map(found.adistances), down = new Map(found.demotion.map(([nid, preferred]) => [nid, preferred]));
    home.append(table(["tier", "nodes", "abstract distance", "demotion"], found.tiers.map(([number, nids]) => {
      const targets = [...new Set(nids.map((nid) => numbersText(down.get(nid) || [])))].filter(Boolean);
      return [`${number}`, numbersText(nids), numbersText([...new Set(nids.map((nid) => distance.get(nid)).filter((one) => one !== undefined))].sort((a, b) => a - b)),
        targets.length ? `to node ${targets.join(" or ")}` : "-"];
    }), ["n", "", "n", ""]));
  });
}

function tierGraph(found) {
  const wide = 150, tall = 44, places = new Map();
  found.tiers.forEach(([, nids], column) => nids.forEach((nid, row) => places.set(nid, [20 + column * (wide + 90), 40 + row * (tall + 14)])));
  const height = 60 + Math.max(...found.tiers.map(([, nids]) => nids.length)) * (tall + 14), width = found.tiers.length * (wide + 90);
  const words = found.demotion.filter(([, to]) => to.length).map(([nid, to]) => `node ${nid} to ${numbersText(to)}`).join("; ");
  const graph = shape("svg", { width, height, viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `Demotion: ${words || "none"}` });
  found.tiers.forEach(([number], column) => graph.append(shape("text", { x: 20 + column * (wide + 90), y: 24 }, `tier ${number}`)));
  for (const [nid, preferred] of found.demotion) for (const to of preferred) {
    if (!places.has(nid) || !places.has(to)) continue;
    const [x, y] = places.get(nid), [tx, ty] = places.get(to);
    graph.append(shape("path", { class: "arrow", d: `M ${x + wide} ${y + tall / 2} C ${x + wide + 45} ${y + tall / 2}, ${tx - 45} ${ty + tall / 2}, ${tx - 8} ${ty + tall / 2}` }));
    graph.append(shape("path", { class: "tip", d: `M ${tx} ${ty + tall / 2} l -9 -5 l 0 10 z` }));
  }
  const distance = new Map(found.adistances);
  for (const [nid, [x, y]] of places) {
    graph.append(shape("rect", { class: "box", x, y, width: wide, height: tall, rx: 6 }));
    graph.append(shape("text", { x: x + 12, y: y + 19 }, `node ${nid}`));
    if (distance.has(nid)) graph.append(shape("text", { x: x + 12, y: y + 36 }, `distance ${distance.get(nid)}`));
  }
  return make("div", { class: "wide", tabindex: 0, role: "region", "aria-label": "Demotion graph" }, graph);
}

function drawReserved() {
  if (!D.plan || !D.plan.reserved.length) return;
  const home = section("reserved", "Early reservations");
  later(home, () => home.append(table(["node", "addresses", "size", "flags", "what"], D.plan.reserved.map(([start, end, nid, flags, what]) =>
    [nid === null ? "-" : `${nid}`, rangeText(start, end), sizeText(sizeOf(start, end)), flags, what]), ["n", "mono", "n", "", ""])));
}
