"""What rules know of a MADT."""

from __future__ import annotations

from srat_tool.lint.madt_view import MadtView
from srat_tool.lint.processor_key import ProcessorKey
from tests.lint.lab import machine, table_spec


def _view(entries: str, more: str = "") -> MadtView:
    view = machine(table_spec("madt", entries, more)).madt
    assert view is not None
    return view


def test_keys_join_with_the_srat() -> None:
    """APIC ids on x86, processor UIDs on Arm and RISC-V."""
    view = _view("lapic 0 4\nx2apic 1 300\ngicc 7 9\nrintc 8 1")
    keys = [cpu.key for cpu in view.cpus]
    assert keys == [("apic", 4), ("apic", 300), ("uid", 7), ("uid", 8)]


def test_fillers_are_no_processors() -> None:
    """Disabled entries with id 255 fill the table."""
    assert _view("lapic 0 0\nlapic 1 255 off").by_key.keys() == {("apic", 0)}


def test_online_capable_needs_its_revision() -> None:
    """The bit was reserved before revision 5."""
    line = "lapic 0 0 off online-capable"
    assert _view(line).cpus[0].online_capable
    assert not _view(line, "revision = 3").cpus[0].online_capable


def test_enabled_entry_counts() -> None:
    """Of two entries for one processor the enabled one is kept."""
    view = _view("lapic 0 4 off\nlapic 1 4")
    assert view.by_key[ProcessorKey("apic", 4)].enabled
    assert (view.cpus[0].name, view.cpus[0].field) == ("APIC id 0x4", "apic_id")
