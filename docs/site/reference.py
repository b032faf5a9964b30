"""Pages of the site that are made from code alone: the Python API, and the JSON schemas."""

from __future__ import annotations

import json
from pathlib import Path

import srat_tool
from srat_tool.render.formats import TABLE

_API = """# Python API reference

Everything here is imported from `srat_tool`; [the guide](docs/api.md) has examples. Ranges are
half-open and in bytes, unless a name contains `pfn` or `pages`.
"""
_ANSWERS = """## Answers

What the functions return. `to_text` and `to_json` show each of them.
"""
_SCHEMAS = """# JSON schemas

One schema for each document that `--format json` and its variants write. Keys are added, never
removed or renamed. An installation has these files in `srat_tool/data/schemas`.

| schema | describes |
|---|---|
"""


def api_page() -> str:
    """Return the page that autodoc fills from the docstrings."""
    homes = srat_tool._HOMES  # the one list of what is public
    functions = {name: home for name, home in homes.items() if name[0].islower()}
    classes = {name: home for name, home in homes.items() if name not in functions}
    answers = {name: row.home for name, row in TABLE.items() if name not in classes}
    parts = [_API, "## Functions\n"]
    parts += [_directive("autofunction", home, name) for name, home in functions.items()]
    parts += ["## Options, errors and values\n"]
    parts += [_directive("autoclass", home, name) for name, home in classes.items()]
    parts += [_ANSWERS]
    parts += [_directive("autoclass", home, name) for name, home in answers.items()]
    return "\n".join(parts)


def _directive(kind: str, home: str, name: str) -> str:
    path = home if home.startswith("srat_tool.") else f"srat_tool.{home}"
    return f"```{{eval-rst}}\n.. {kind}:: {path}.{name}\n```\n"


def schema_page(folder: Path, prefix: str) -> str:
    """Return the page that lists the schemas in a folder; links begin with `prefix`."""
    rows = []
    for path in sorted(folder.glob("*.json")):
        what = json.loads(path.read_text("utf-8")).get("description", "")
        rows.append(f"| [{path.name}]({prefix}/{path.name}) | {what.partition('. ')[0]} |")
    return _SCHEMAS + "\n".join(rows) + "\n"
