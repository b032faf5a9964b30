// The run of the page under node: node web/try.mjs BUILD FILE...  prints the kind of answer and its size.

import { readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, ...names] = process.argv.slice(2);
const at = (name) => resolve(folder, name);
const { loadPyodide } = await import(pathToFileURL(at("pyodide/pyodide.mjs")));
const { start } = await import(pathToFileURL(at("run.mjs")));
const bytes = async (name) => { const data = await readFile(name); return data.buffer.slice(data.byteOffset, data.byteOffset + data.byteLength); };
const wheels = JSON.parse(await readFile(at("wheels.json"), "utf8"));
const reportOf = await start(loadPyodide, at("pyodide/"), wheels, (name) => bytes(at(name)));
const [kind, text] = reportOf(await Promise.all(names.map(async (name) => [basename(name), await bytes(name)])));
console.log(kind, text.length, kind === "error" ? text : text.match(/<p>.*?<\/p>/)[0]);
