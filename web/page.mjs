// The page: takes files, shows the report that the worker makes of them.

import { MAX_BYTES, MAX_FILES } from "./run.mjs";

const say = (text) => { document.getElementById("state").textContent = text; };
const frame = document.getElementById("report");
const save = document.getElementById("save");
const worker = new Worker("worker.mjs", { type: "module" });

// The report of other files would be taken for that of these.
function fail(text) {
  document.body.dataset.answer = "error";
  frame.hidden = save.hidden = true;
  say(text);
}

worker.onmessage = ({ data: [kind, text, unread] }) => {
  if (kind === "ready") return say("Ready. Drop files on this page, or choose them.");
  if (kind === "error") return fail(`No report: ${text}`);
  document.body.dataset.answer = kind;
  frame.srcdoc = text;
  frame.hidden = false;
  URL.revokeObjectURL(save.href);
  save.href = URL.createObjectURL(new Blob([text], { type: "text/html" }));
  save.hidden = false;
  const missing = unread ? ` Not read: ${unread}.` : "";
  return say(`The report is below. The files did not leave this browser.${missing}`);
};
worker.onerror = (event) => fail(`The tool cannot be loaded: ${event.message || "no module workers here"}`);

async function take(list) {
  const files = [...list];
  const bytes = files.reduce((sum, file) => sum + file.size, 0);
  if (!files.length) return;
  if (files.length > MAX_FILES || bytes > MAX_BYTES) {
    const size = `${files.length} ${files.length === 1 ? "file" : "files"} of ${Math.ceil(bytes / 2 ** 20)} MiB`;
    fail(`No report: ${size}; at most ${MAX_FILES} files of ${MAX_BYTES >> 20} MiB together can be read here.`);
    return;
  }
  say(`Reading ${files.map((file) => file.name).join(", ")} ...`);
  delete document.body.dataset.answer;
  const read = await Promise.all(files.map(async (file) => [file.name, await file.arrayBuffer()]));
  worker.postMessage(read, read.map(([, data]) => data));
}

document.getElementById("files").addEventListener("change", (event) => take(event.target.files));
for (const kind of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(kind, (event) => {
    event.preventDefault();
    document.body.classList.toggle("over", kind === "dragover");
    if (kind === "drop") take(event.dataTransfer.files);
  });
}
