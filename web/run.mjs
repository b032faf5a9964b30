// The tool in Pyodide, the same for a worker of a browser and for node.

export const MAX_BYTES = 256 * 1024 * 1024;
export const MAX_FILES = 64;

const PROGRAM = `
import shutil
from dataclasses import replace
from pathlib import Path

import srat_tool


def report_of(files):
    """Return ("page", html, what was not read) of the files, or ("error", message)."""
    folder = Path("/inputs")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for number, (name, data) in enumerate(files):
        plain = "".join(one if one.isalnum() or one in "._-" else "_" for one in name)[-100:]
        target = folder / (plain.lstrip(".") or "input")
        if target.exists():
            target = folder / f"{number}-{target.name}"
        target.write_bytes(data.to_bytes())
    inputs = list(folder.iterdir())
    missed = []
    read = srat_tool.ReadOptions(missed=missed.extend)
    try:
        answer = srat_tool.report(str(inputs[0] if len(inputs) == 1 else folder), read=read)
        names = ", ".join(sorted(one.name for one in inputs))
        page = srat_tool.to_text(replace(answer, title=names), "html")
        unread = dict.fromkeys(f"{one.label}: {one.reason}" for one in missed)
        return "page", page, "; ".join(unread).replace("/inputs/", "")
    except srat_tool.SratToolError as error:
        return "error", error.message.replace("/inputs/", "")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


report_of
`;

// Starts Pyodide; `read(name)` gives the bytes of a file next to this one.
export async function start(loadPyodide, indexURL, wheels, read) {
  const python = await loadPyodide({ indexURL });
  for (const wheel of wheels) python.unpackArchive(await read(wheel), "wheel");
  const reportOf = python.runPython(PROGRAM);
  return (files) => {
    const bytes = files.reduce((sum, [, data]) => sum + data.byteLength, 0);
    if (files.length > MAX_FILES || bytes > MAX_BYTES) {
      return ["error", `at most ${MAX_FILES} files of ${MAX_BYTES >> 20} MiB together can be read here`];
    }
    const given = python.toPy(files, { depth: 2 });
    const answer = reportOf(given);
    const result = answer.toJs();
    answer.destroy();
    given.destroy();
    return result;
  };
}
