// Keeps the page responsive: Python runs here. Nothing is sent anywhere; the policy of the page sees to it.

import { loadPyodide } from "./pyodide/pyodide.mjs";
import { start } from "./run.mjs";

const read = async (name) => (await fetch(new URL(name, import.meta.url))).arrayBuffer();
const ready = (async () => {
  const wheels = JSON.parse(new TextDecoder().decode(await read("wheels.json")));
  return start(loadPyodide, new URL("pyodide/", import.meta.url).href, wheels, read);
})();

ready.then(() => postMessage(["ready", ""]), (error) => postMessage(["error", String(error)]));

onmessage = async (event) => {
  try {
    postMessage((await ready)(event.data));
  } catch (error) {
    postMessage(["error", String(error).slice(-500)]);
  }
};
