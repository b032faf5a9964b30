"""acpidump's text: machines, instances, gaps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srat_tool.base.rawtable import OriginKind
from srat_tool.sources.acpidump import _TITLE, _titles, sniff
from tests.sources.samples import dump, found_in, reasons_in, slit, srat, table, tables_in
from tests.support import CORPUS, needs_corpus

TITLES = (b"SRAT @ 0x0\n", b"RSD PTR @ 0xabc", b"  SLIT @ 0x1 \r\n", b" @ 0x", b"A @ 0x1\n")


def test_dump_gives_its_tables() -> None:
    """Titles name the tables, rows give the bytes."""
    found = found_in(dump(srat(), slit()))
    assert [t.data for t in found.tables] == [srat(), slit()]
    assert [t.origin.inner for t in found.tables] == ["SRAT", "SLIT"]
    assert {t.origin.kind for t in found.tables} == {OriginKind.ACPIDUMP}


def test_windows_line_ends_and_leading_words() -> None:
    """A dump inside a report is found."""
    text = b"# acpidump of host\r\n\r\n" + dump(srat()).replace(b"\n", b"\r\n")
    assert tables_in(text) == [srat()]


def test_machines_after_each_other() -> None:
    """What a machine has once begins the next machine; what stood before it follows it."""
    ssdt, apic = table(b"SSDT"), table(b"APIC")
    one = (ssdt, table(b"MCFG"), apic, srat(), table(b"FACP"))
    found = found_in(dump(*one) + dump(*one))
    assert [len(m.tables) for m in found.machines()] == [5, 5]
    assert [t.origin.inner for t in found.tables][:6] == [
        "#1/SSDT", "#1/MCFG", "#1/APIC", "#1/SRAT", "#1/FACP", "#2/SSDT",
    ]  # fmt: skip


def test_instances_of_one_machine() -> None:
    """Equal signatures next to each other, and those that real machines repeat, stay together."""
    found = found_in(dump(srat(1), srat(2), table(b"MCFG"), table(b"SSDT"), table(b"MCFG")))
    assert [t.origin.inner for t in found.tables] == ["SRAT", "SRAT1", "MCFG", "SSDT", "MCFG1"]


def test_a_second_table_further_down() -> None:
    """One kind alone that comes again, as an SRAT does on a real machine, is no second machine."""
    found = found_in(dump(table(b"FACP"), srat(1), slit(), srat(2), table(b"SSDT")))
    assert [t.origin.inner for t in found.tables] == ["FACP", "SRAT", "SLIT", "SRAT1", "SSDT"]
    assert len(found_in(dump(srat(1), slit(), srat(2), slit(3))).machines()) == 2


def test_root_pointer_is_no_table() -> None:
    """RSD PTR has no table header, and is named as left out."""
    text = b"RSD PTR @ 0x0\n    0000: 52 53 44 20\n\n" + dump(srat())
    assert tables_in(text) == [srat()]
    assert "the root pointer, not a table" in [o.what for o in found_in(text).opened]
    assert reasons_in(text) == ""


def test_missing_row_cuts_the_table() -> None:
    """A lost line is noticed by its offset; the bytes before it are kept."""
    lines = dump(srat()).split(b"\n")
    text = b"\n".join(lines[:3] + lines[4:])
    assert tables_in(text) == [srat()[:32]]
    assert "row 0x0030 is where 0x0020 is due" in reasons_in(text)


def test_title_alone_is_no_dump() -> None:
    """A line that mentions an address is not enough."""
    assert not sniff(b"SRAT @ 0x1000\nnothing\n")


@pytest.mark.parametrize("style", ["{:08x}: {} {}{}\n", "{:08x}  {} {}  |{}|\n"])
def test_hex_dump_of_one_table(style: str) -> None:
    """A bare hex dump of a table is read in any style."""
    data = srat()
    text = ""
    for at in range(0, len(data), 16):
        left, right = data[at : at + 8], data[at + 8 : at + 16]
        gap = " " if "|" in style else ""
        text += style.format(at, left.hex(" "), gap, "x") if not right else ""
        if right:
            rows = (left.hex(" "), gap + right.hex(" "))
            text += style.format(at, *rows, "  x" if not gap else "x")
    assert tables_in(text.encode()) == [data]


@needs_corpus
def test_dumps_of_the_corpus() -> None:
    """Every dump of the corpus gives the table files next to it."""
    for path in sorted((CORPUS / "tables").glob("*/acpidump.txt*")):
        beside = [p for p in path.parent.glob("*.bin") if "asbuilt" not in p.name]
        found = found_in(path.read_bytes())
        assert {p.read_bytes() for p in beside} <= {t.data for t in found.tables}, path
        assert len(found.machines()) == 1, path


@given(st.lists(st.sampled_from([*TITLES, b"\n", b" ", b"0000: 00\n", b"x" * 70]), max_size=12))
def test_titles_stand_on_lines_of_their_own(parts: list[bytes]) -> None:
    """What is found by the mark is what the pattern finds line by line."""
    text = b"".join(parts)
    assert [t.span() for t in _titles(text)] == [t.span() for t in _TITLE.finditer(text)]
