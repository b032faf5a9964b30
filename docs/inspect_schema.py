"""The JSON schemas of `srattool inspect`, made from the layouts of the tables."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from srat_tool.grammar.layout import Layout
from srat_tool.grammar.registry import CODECS
from srat_tool.render.inspect.as_json import SCHEMA
from srat_tool.render.inspect.record import WIDE
from srat_tool.render.inspect.words import WORDS
from srat_tool.tables.header import Header

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
NATURAL: Schema = {"type": "integer", "minimum": 0}
BYTES: Schema = {"type": "string", "pattern": "^([0-9a-f]{2})*$"}
HEX: Schema = {"type": "string", "pattern": "^0x[0-9a-f]+$"}
TEXT: Schema = {"type": "string"}
TEXTS: Schema = {"type": "array", "items": TEXT}
NATURALS: Schema = {"type": "array", "items": NATURAL}

_DOCUMENT = (
    "Output of `srattool inspect --format json`. Bytes are hexadecimal strings; a hexadecimal "
    "string NAME_hex follows each number of 64 bits. From header, fields and entries the bytes of "
    "the table can be written again."
)
_LINES = "One line of `srattool inspect --format jsonl`; `record` names its kind."


def document_schema() -> str:
    """Return the schema of `--format json`."""
    table = _table()
    table["properties"] |= {
        "entries": {"type": "array", "items": {"$ref": "#/$defs/entry"}},
        "defects": {"type": "array", "items": {"$ref": "#/$defs/defect"}},
    }
    table["required"] += ["entries", "defects"]
    top = _closed({"schema": {"const": SCHEMA}, "tables": {"type": "array", "items": table}})
    return _text(SCHEMA, _DOCUMENT, top | {"$defs": {"entry": _entry(), "defect": _defect()}})


def line_schema() -> str:
    """Return the schema of one line of `--format jsonl`."""
    table = _record("table", _table(), {"schema": {"const": SCHEMA}})
    place = {"table": NATURAL}
    kinds = [table, _record("entry", _entry(), place), _record("defect", _defect(), place)]
    return _text(f"{SCHEMA} (JSON Lines)", _LINES, {"oneOf": kinds})


def _record(kind: str, schema: Schema, more: Schema) -> Schema:
    more = {**more, "record": {"const": kind}}
    properties = more | schema["properties"]
    return {
        **schema,
        "properties": properties,
        "required": [*more, *(one for one in schema["required"] if one not in more)],
    }


def _text(title: str, description: str, schema: Schema) -> str:
    head = {"$schema": DIALECT, "title": title, "description": description}
    return json.dumps(head | schema, indent=2) + "\n"


def _closed(properties: Schema, *, optional: frozenset[str] = frozenset()) -> Schema:
    return {
        "type": "object",
        "required": [name for name in properties if name not in optional],
        "properties": properties,
        "additionalProperties": False,
    }


def _table() -> Schema:
    properties = {
        "table": NATURAL | {"description": "Its place among the tables, from 0."},
        "source": TEXT | {"description": "Path, and after `!` the place in it."},
        "source_offset": NATURAL | {"description": "Offset in the innermost container."},
        "signature": TEXT,
        "size": NATURAL | {"description": "Bytes that are there."},
        "header": _closed(dict(_header())),
        "fields": _closed(fixed := _fixed(), optional=frozenset(fixed)),
        "bytes": BYTES | {"description": "With --hex: the whole table."},
    }
    return _closed(properties, optional=frozenset({"bytes"}))


def _header() -> Iterator[tuple[str, Schema]]:
    for name, kind in Header.__annotations__.items():
        if "bytes" in str(kind):
            yield from ((name, TEXT), (f"{name}_hex", BYTES))
        else:
            yield name, NATURAL
    yield "checksum_ok", {"type": "boolean"}


def _fixed() -> Schema:
    found: Schema = {}
    for codec in CODECS.values():
        if codec.fixed:
            _gather(found, codec.fixed)
    matrix = {"type": "array", "items": NATURALS}
    return found | {"matrix": matrix, "body": BYTES, "gap": BYTES, "tail": BYTES}


def _entry() -> Schema:
    found: Schema = {}
    for codec in CODECS.values():
        if codec.family is not None:
            for layout in (*codec.family.layouts.values(), codec.family.unknown):
                _gather(found, layout)
    for words in WORDS.values():
        found |= {f"{name}_names": TEXTS for name in words.flags}
    found |= {"domain": NATURAL, "device": TEXT, "extra": BYTES}
    always = {"offset": NATURAL, "type": NATURAL, "type_name": TEXT, "length": NATURAL}
    rest = {name: kind for name, kind in found.items() if name not in always}
    return _closed(always | rest, optional=frozenset(rest))


def _gather(found: Schema, layout: Layout[Any]) -> None:
    """Add the fields of a layout; a name with two kinds of value may have either."""
    codes = dict(zip(layout.flat, layout.codes, strict=True))
    codes |= {run.name: "s" for run in layout.runs if run.code == "s"}
    for name in layout.fields:
        code = codes.get(name)
        kind = NATURALS if code is None else BYTES if code.endswith("s") else NATURAL
        known = found.get(name, kind)
        options = known.get("anyOf", [known])
        found[name] = known if kind in options else {"anyOf": [*options, kind]}
        if code == WIDE:
            found[f"{name}_hex"] = HEX


def _defect() -> Schema:
    kind = {"type": "string", "pattern": "^[a-z_]+$"}
    offset = NATURAL | {"description": "Offset in the table."}
    return _closed({"kind": kind, "offset": offset, "message": TEXT})
