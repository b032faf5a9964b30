"""From the JSON of `srattool inspect` alone back to bytes: the proof that it keeps every bit."""

from __future__ import annotations

from typing import Any

from srat_tool.grammar.header import encode_header
from srat_tool.grammar.layout import Layout
from srat_tool.grammar.registry import CODECS, OPAQUE
from srat_tool.tables.header import Header


def rebuild(table: dict[str, Any]) -> bytes:
    """Return the bytes of one element of `tables`."""
    header = table["header"]
    values = [
        bytes.fromhex(header[f"{n}_hex"]) if f"{n}_hex" in header else header[n]
        for n in Header._fields
    ]
    codec = CODECS.get(values[0], OPAQUE)
    fields = table["fields"]
    parts = [encode_header(Header._make(values))]
    if codec.fixed is not None:
        parts.append(codec.fixed.packed.pack(*(fields[name] for name in codec.fixed.fields)))
    parts += [bytes.fromhex(fields.get(name, "")) for name in ("gap", "body")]
    parts += [bytes(row) for row in fields.get("matrix", ())]
    parts.append(bytes.fromhex(fields.get("tail", "")))
    for entry in table["entries"]:
        extra = bytes.fromhex(entry.get("extra", ""))
        if entry["length"] == 0:
            parts.append(extra)
        else:
            assert codec.family is not None
            layout = codec.family.layouts.get(entry["type"], codec.family.unknown)
            parts.append(_structure(layout, entry)[: entry["length"]] + extra)
    return b"".join(parts)[: table["size"]]


def _structure(layout: Layout[Any], entry: dict[str, Any]) -> bytes:
    stated = (_plain(entry[name]) for name in layout.fields if name in entry)
    return layout.encode(layout.make(0, *stated))


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return bytes.fromhex(value)
    return tuple(value) if isinstance(value, list) else value
