"""Tables as the text that acpidump prints and acpixtract reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from srat_tool.base.rawtable import RawTable

_ROW = 16


def acpidump_lines(tables: Iterable[RawTable]) -> Iterator[str]:
    """Yield the lines of a dump; the addresses are not known and read as 0."""
    for table in tables:
        signature = _shown(table.signature).ljust(4, ".")
        yield f"{signature} @ 0x0000000000000000"
        for at in range(0, len(table.data), _ROW):
            row = table.data[at : at + _ROW]
            yield f"    {at:04X}: {row.hex(' ').upper():<47}  {_shown(row)}"
        yield ""


def _shown(raw: bytes) -> str:
    return "".join(chr(b) if 0x20 <= b < 0x7F else "." for b in raw)
