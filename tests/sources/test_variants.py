"""Which tables of a folder make one machine."""

from __future__ import annotations

import pytest

from srat_tool.base.rawtable import Origin, OriginKind, RawTable
from srat_tool.sources.found import Found
from srat_tool.sources.variants import by_variant
from tests.sources.samples import table


def _tables(*names: str) -> list[RawTable]:
    """Return a table for each name; the signature is in it."""
    made = []
    for name in names:
        word = next(s for s in ("SRAT", "SLIT", "HMAT", "NFIT", "SSDT") if s in name.upper())
        origin = Origin(path="d", inner=name, kind=OriginKind.FOLDER)
        made.append(RawTable(origin=origin, offset=0, data=table(word.encode(), bytes(12))))
    return made


@pytest.mark.parametrize(
    ("names", "groups"),
    [
        (("SRAT.two", "HMAT.two", "SRAT.four", "HMAT.four"), "0011"),
        (("SRAT.bin", "SLIT.bin", "SRAT.bin.orig"), "001"),
        (("old-SRAT.bin", "old-SLIT.bin", "new-SRAT.bin", "new_SLIT.dat"), "0011"),
        (("SRAT1", "SRAT2", "SLIT"), "000"),
        (("SRAT.a", "NFIT.a", "SRAT.b", "NFIT.b"), "0011"),
        (("SRAT.dat", "SRAT.aml", "SRAT.dsl"), "000"),
        (("SRAT.two", "SLIT.two", "HMAT"), "000"),
        (("SSDT1", "SSDT.x", "SRAT"), "000"),
        (("a/SRAT", "SLIT"), "00"),
    ],
)
def test_suffixes_pair_tables(names: tuple[str, ...], groups: str) -> None:
    """Names that differ in more than signature and kind of file are variants."""
    tables = _tables(*names)
    place = {id(one): number for number, part in enumerate(by_variant(tables)) for one in part}
    assert "".join(str(place[id(one)]) for one in tables) == groups


def test_variants_are_machines() -> None:
    """Each variant is a machine of its own among what was found."""
    found = Found(tables=_tables("SRAT.two", "HMAT.two", "SRAT.four", "HMAT.four"))
    assert [[t.signature for t in m.tables] for m in found.machines()] == [[b"SRAT", b"HMAT"]] * 2
