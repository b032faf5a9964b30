"""Folders that contain the tables of several machines, distinguished by the files' names.

`SRAT.two` and `HMAT.two` belong together, as do `old-SRAT.bin` and `old-SLIT.bin`. `SRAT1` and
`SRAT2` are instances of one signature, as sysfs numbers them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from srat_tool.base.rawtable import RawTable
from srat_tool.tables.kinds import BY_SIGNATURE, NAMES

_NAME = re.compile(rf"(?i)(?:(.{{1,64}}?)[-_.])?(?:{'|'.join(NAMES)})\d*(.{{0,64}})")
_ENDINGS = re.compile(r"(?i)(?:\.(?:bin|dat|aml|raw|dsl|asl|txt|hex|tbl|acpi|gz|xz|zst|bz2))+$")


def by_variant(tables: Sequence[RawTable]) -> list[list[RawTable]]:
    """Split the tables of one folder by the variant in their names, in input order.

    They stay together unless a signature comes twice under names of two variants.
    """
    variants: dict[str, list[RawTable]] = {}
    for table in tables:
        variants.setdefault(_variant(table), []).append(table)
    known: set[bytes] = set()
    again = False
    for members in variants.values():
        # Linux uses one table of each of these signatures.
        signatures = {table.signature for table in members} & BY_SIGNATURE.keys()
        again = again or not known.isdisjoint(signatures)
        known |= signatures
    return list(variants.values()) if again else [list(tables)]


def _variant(table: RawTable) -> str:
    """Return what a file's name contains besides the signature and the format of the file."""
    name = (table.origin.inner or table.origin.path).rpartition("/")[2]
    match = _NAME.fullmatch(_ENDINGS.sub("", name))
    if match is None:
        return ""
    return "/".join(part.strip("-_.").lower() for part in match.groups(default="") if part)
