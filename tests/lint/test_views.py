"""Any table as rules see it."""

from __future__ import annotations

import pytest

from srat_tool.authoring.assemble import assemble
from srat_tool.authoring.spec import parse_spec
from srat_tool.base.rawtable import Origin, RawTable
from srat_tool.grammar.header import HEADER
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.settings import Settings
from srat_tool.lint.views import TableView, place
from tests.lint.lab import machine, srat_view, table_spec
from tests.support import table_bytes


def _view(path: str, signature: str | None = None) -> TableView:
    raw = RawTable(origin=Origin(path=path), data=table_bytes(b"SLIT", bytes(8)))
    return LintMachine([raw], Settings(signature=signature)).tables[0]


def test_place_of_a_field() -> None:
    """A field's place follows from the layout."""
    assert place(HEADER, "length") == (4, 4)
    assert place(HEADER, "no such field") == (0, 1)


def test_file_name_tells_the_signature() -> None:
    """A file that is called after a table is expected to hold it; others may hold anything."""
    assert _view("dump/SRAT.bin").expected_signature == "SRAT"
    assert _view("dump/srat2.dat").expected_signature == "SRAT"
    assert _view("dump/MADT").expected_signature == "APIC"
    assert _view("dump/SRAT-good.bin").expected_signature is None
    assert _view("dump/SRAT.bin", "SLIT").expected_signature == "SLIT"


def test_entries_end_with_the_stated_length() -> None:
    """A structure that begins after the stated length does not count."""
    view = srat_view("apic 0 0\nmem 0 0+4G", "length = 64")
    assert [entry.type for entry in view.entries] == [0]


def test_cut_entries_are_left_out() -> None:
    """A structure without all of its bytes has no fields to judge."""
    view = srat_view("apic 0 0\nmem 0 0+4G length=30")
    assert view.all_of(1) == []
    assert [entry.type for entry in view.entries] == [0, 1]


def test_a_wrong_length_alone_does_not_hide_what_follows() -> None:
    """Where valid structures follow a type's true size, only the length was wrong."""
    in_place = "extra=010000010000000000000000000000"
    for wrong in ("length=15 extra=00", f"length=1 {in_place}", "length=17", "length=56"):
        view = srat_view(f"apic 0 0 {wrong}\nmem 0 0+4G\nmem 1 4G+4G")
        assert [entry.type for entry in view.entries] == [0, 1, 1], wrong
        assert len(view.all_of(0)) == 1
        assert view.is_complete


@pytest.mark.parametrize("wrong", [40, 76, 82, 88])
def test_the_length_of_another_edition_does_not_hide_what_follows(wrong: int) -> None:
    """A type has several lengths: one that what follows contradicts is a wrong one."""
    spec = table_spec("madt", "gicc 0 0\ngicc 1 1\nits 0 0x8080000")
    (raw,) = assemble(parse_spec(spec, "a"))
    data = bytearray(raw.data)
    size = data[45]
    second = 44 + size
    data[second + 1] = wrong
    view = LintMachine([raw._replace(data=bytes(data))], Settings()).madt
    assert view is not None
    assert [entry.type for entry in view.entries] == [11, 11, 15]
    (hit,) = view.malformed()
    assert hit.message == f"length is {wrong}, and the structure has {size} bytes"
    assert hit.offset == second + 1


def test_a_short_structure_without_a_layout_does_not_hide_what_follows() -> None:
    """What is known of such a type is how many bytes it has at least."""
    view = machine(table_spec("madt", "lapic 0 0\nraw 1 04000000c0fe00000000\nlapic 1 1")).madt
    assert view is not None
    data = bytearray(view.raw.data)
    data[44 + 8 + 1] = 7
    view = LintMachine([view.raw._replace(data=bytes(data))], Settings()).madt
    assert view is not None
    assert [entry.type for entry in view.entries] == [0, 1, 0]


def test_bytes_out_of_step_stay_what_they_are() -> None:
    """A short structure among sound ones is short, and not to be judged."""
    view = srat_view("apic 0 0 length=12\nmem 0 0+4G")
    assert [entry.length for entry in view.entries] == [12, 40]
    assert view.all_of(0) == []
    assert not view.is_complete


def test_what_was_not_read_makes_a_table_incomplete() -> None:
    """Bytes that are no structure may have been one; room of zeros was none."""
    assert srat_view("apic 0 0\nmem 0 0+4G").is_complete
    assert srat_view("apic 0 0\nbytes 0000\nbytes 0000").is_complete
    assert not srat_view("apic 0 0\nbytes 0100\nmem 0 0+4G").is_complete
    assert not srat_view("apic 0 0\nmem 0 0+4G", "length = 64").is_complete


def test_hit_names_entry_and_field() -> None:
    """A hit carries the entry, which has name and number, and the field's place in the table."""
    view = srat_view("apic 0 0\nmem 0 0+4G")
    hit = view.at(view.memory[0], "base_address", "is odd")
    assert (hit.message, hit.entry) == ("is odd", view.memory[0])
    assert (view.name(hit.entry), view.number(hit.entry)) == ("entry 1 (memory, domain 0)", 1)
    assert (hit.offset, hit.size) == (64 + 8, 8)
