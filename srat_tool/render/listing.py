"""What inputs contain: tables, containers that were opened, and what was not opened."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from srat_tool.base.rawtable import RawTable
from srat_tool.base.text import identifier, printable
from srat_tool.grammar.header import NO_CHECKSUM
from srat_tool.render.look import Look
from srat_tool.render.paper.console import fitted_text
from srat_tool.sources.found import Found

SCHEMA = "srattool.listing/1"


def listing_lines(found: Found, look: Look) -> Iterator[str]:
    """Yield one line for each table, then for each container and refusal."""
    return fitted_text(_lines(found), look.paper)


def _lines(found: Found) -> Iterator[str]:
    for table in found.tables:
        stated = table.data[9:10].hex() or "cut"
        verdict = "checksum good, " if _checksum_ok(table) else f"checksum {stated}, "
        if table.signature in NO_CHECKSUM:
            verdict = ""
        yield (
            printable(
                f"{identifier(table.signature)} {len(table.data)} bytes, {verdict}"
                f"{table.origin.kind.value}: {table.origin.label}"
            )
            + "\n"
        )
    for line in found.account():
        yield f"{line}\n"


def listing_value(found: Found) -> dict[str, Any]:
    """Return the same as JSON values; sizes and offsets are bytes."""
    return {
        "schema": SCHEMA,
        "tables": [
            {
                "signature": identifier(table.signature),
                "size": len(table.data),
                "checksum_ok": _checksum_ok(table),
                "kind": table.origin.kind.value,
                "source": printable(table.origin.label),
                "source_offset": table.offset,
            }
            for table in found.tables
        ],
        "evidence": [
            {"role": one.role.value, "source": printable(one.label), "size": len(one.data)}
            for one in found.evidence
        ],
        "opened": [
            {
                "source": printable(one.label),
                "what": printable(one.what),
                "size": one.size,
                "depth": one.depth,
            }
            for one in found.opened
        ],
        "not_opened": [
            {"source": printable(no.label), "reason": printable(no.reason), "matters": no.matters}
            for no in found.refused
        ],
    }


def _checksum_ok(table: RawTable) -> bool:
    """Return whether all bytes that are there add up to zero, or have no checksum."""
    return table.signature in NO_CHECKSUM or sum(table.data) & 0xFF == 0
