"""Write build/web: the page, Pyodide, and the wheels of the tool and of what it imports.

    python web/build.py PYODIDE WHEELS TARGET

PYODIDE is the folder of the npm package, WHEELS one with the wheels.
"""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

from srat_tool.render.report.page import allowed, script, style

HERE = Path(__file__).parent
PAGES = ("page.css", "page.mjs", "run.mjs", "worker.mjs")
RUNTIME = (
    "pyodide.mjs",
    "pyodide.asm.mjs",
    "pyodide.asm.wasm",
    "pyodide-lock.json",
    "python_stdlib.zip",
)


def build(pyodide: Path, wheels: Path, target: Path) -> None:
    """Write everything that the page needs; nothing is loaded from elsewhere."""
    shutil.rmtree(target, ignore_errors=True)
    (target / "pyodide").mkdir(parents=True)
    for name in RUNTIME:
        shutil.copy(pyodide / name, target / "pyodide" / name)
    names = sorted(wheel.name for wheel in wheels.glob("*.whl"))
    for name in names:
        shutil.copy(wheels / name, target / name)
    (target / "wheels.json").write_text(json.dumps(names))
    for name in PAGES:
        shutil.copy(HERE / name, target / name)
    page = (HERE / "index.html").read_text("utf-8")
    # The frame of a report has the policy of this page too.
    page = page.replace("@SCRIPT@", allowed(script())).replace("@STYLE@", allowed(style()))
    (target / "index.html").write_text(page)


if __name__ == "__main__":
    build(*map(Path, sys.argv[1:4]))
