// Matrices as heat maps: a table of cells while it can be read, else a picture with a pointer.

const READABLE = 24;
const COLORS = { local: "#78c878", 0: "#bedc78", 1: "#f0dc6e", 2: "#f5b95a", 3: "#f0a05a", 4: "#f09080", odd: "#d0d0d0" };

class Matrix {
  constructor(grid, numbers) {
    this.grid = grid;
    this.numbers = numbers;
    this.columns = grid.columns.length;
    const odd = (value) => value === grid.unreachable || value === 0;
    const local = grid.unreachable === 255 ? 10 : -1;
    const kinds = [...new Set(numbers)].filter((value) => !odd(value) && value !== local).sort((a, b) => a - b);
    if (grid.unit === "MB/s") kinds.reverse();
    this.heat = new Map(kinds.map((value, at) => [value, Math.floor((at * 5) / kinds.length)]));
    this.heat.set(local, "local");
  }

  kind(value) { return this.heat.has(value) ? this.heat.get(value) : "odd"; }

  text(value) {
    const { grid } = this;
    if (value === grid.unreachable) return "unreachable";
    if (grid.unreachable !== 255 && value === 0) return "not provided";
    const whole = BigInt(value) * BigInt(grid.base), parts = BigInt(grid.parts);
    if (grid.up) return `${(whole + parts - 1n) / parts}${grid.unit ? ` ${grid.unit}` : ""}`;
    const rest = String(whole % parts).padStart(String(parts).length - 1, "0").replace(/0+$/, "");
    return `${whole / parts}${parts > 1n && rest ? `.${rest}` : ""}${grid.unit ? ` ${grid.unit}` : ""}`;
  }

  at(row, column) { return this.numbers[row * this.columns + column]; }

  words(row, column) { return `from ${this.grid.rows[row]} to ${this.grid.columns[column]}: ${this.text(this.at(row, column))}`; }
}

function readGrid(grid, bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = grid.rows.length * grid.columns.length, numbers = [];
  for (let n = 0; n < count; n += 1) {
    const at = grid.at + n * grid.width;
    numbers.push(at + grid.width > bytes.length ? 0 : grid.width === 1 ? view.getUint8(at) : view.getUint16(at, true));
  }
  return new Matrix(grid, numbers);
}

function heatTable(matrix) {
  const { grid } = matrix;
  const short = (value) => matrix.text(value).replace(/ (ns|MB\/s)$/, "").replace("unreachable", "--").replace("not provided", "-");
  const head = make("tr", null, make("th", { scope: "col" }, "from\\to"), ...grid.columns.map((name) => make("th", { scope: "col" }, `${name}`)));
  const rows = grid.rows.map((name, row) => make("tr", null, make("th", { scope: "row" }, `${name}`),
    ...grid.columns.map((_, column) => {
      const value = matrix.at(row, column), kind = matrix.kind(value);
      return make("td", { class: typeof kind === "number" ? `h${kind}` : `h-${kind}`, title: matrix.words(row, column) }, short(value));
    })));
  return make("div", { class: "wide", tabindex: 0, role: "region", "aria-label": grid.title }, make("table", { class: "heat" }, make("thead", null, head), make("tbody", null, ...rows)));
}

function heatPicture(matrix) {
  const { grid } = matrix, rows = grid.rows.length, columns = grid.columns.length;
  const cell = Math.max(1, Math.floor(640 / Math.max(rows, columns)));
  const canvas = make("canvas", { width: columns * cell, height: rows * cell, tabindex: 0, role: "img", "aria-label": `${grid.title}: ${rows} by ${columns}; arrow keys read values` });
  const pen = canvas.getContext("2d");
  for (let row = 0; row < rows; row += 1) for (let column = 0; column < columns; column += 1) {
    pen.fillStyle = COLORS[matrix.kind(matrix.at(row, column))];
    pen.fillRect(column * cell, row * cell, cell, cell);
  }
  const words = make("p", { role: "status", class: "mono" }, "Point at the picture, or use the arrow keys.");
  let place = [0, 0];
  const show = (row, column) => {
    place = [Math.min(rows - 1, Math.max(0, row)), Math.min(columns - 1, Math.max(0, column))];
    words.textContent = matrix.words(...place);
  };
  canvas.addEventListener("pointermove", (event) => {
    const box = canvas.getBoundingClientRect();
    show(Math.floor(((event.clientY - box.top) / box.height) * rows), Math.floor(((event.clientX - box.left) / box.width) * columns));
  });
  canvas.addEventListener("keydown", (event) => {
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (!step) return;
    event.preventDefault();
    show(place[0] + step[0], place[1] + step[1]);
  });
  return make("div", null, canvas, words);
}

function heatMap(matrix) {
  return Math.max(matrix.grid.rows.length, matrix.grid.columns.length) <= READABLE ? heatTable(matrix) : heatPicture(matrix);
}

function drawMatrices() {
  const found = D.tables.flatMap((one, number) => one.grids.map((grid) => [number, grid]));
  const kernel = D.plan && D.plan.distances;
  if (!found.length && !kernel) return;
  const home = section("distances", "Distances, latencies and bandwidths");
  if (kernel) {
    const part = make("div", null, make("h3", null, "Distances between nodes, as the kernel uses them"));
    home.append(part);
    const grid = { title: "distance between nodes", rows: kernel.nids, columns: kernel.nids, base: 1, parts: 1, unit: "", unreachable: 255 };
    later(part, () => part.append(heatMap(new Matrix(grid, kernel.rows.flat()))));
  }
  for (const [number, grid] of found) {
    const part = make("div", null, make("h3", null, `${D.tables[number].sig}: ${grid.title}${grid.unit ? `, in ${grid.unit}` : ""}, from row to column `, bytesLink(number, grid.at, grid.width)));
    home.append(part);
    const draw = (bytes) => part.append(heatMap(readGrid(grid, bytes)));
    // A printer does not wait for what must be unpacked first.
    later(part, () => (D.tables[number].packed ? bytesOf(number).then(draw) : draw(bytesNow(number))));
  }
}
