"""Which ranges of an SRAT hold RAM where no memory map is known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from srat_tool.base.rawtable import Origin, RawTable
from srat_tool.base.span import Span
from srat_tool.base.units import GIB, TIB
from srat_tool.grammar.registry import decode
from srat_tool.plan.boot_memory import boot_memory, hypervisor_of
from srat_tool.tables.srat import MemoryAffinity, MemoryFlags, Srat
from tests.machines import mem, srat
from tests.sources.samples import table


def _by(
    oem: bytes, *entries: MemoryAffinity, table_id: bytes = b"TABLE", creator: bytes = b"X"
) -> Srat:
    made = srat(*entries)
    header = made.header._replace(oem_id=oem, oem_table_id=table_id, creator_id=creator)
    return replace(made, header=header)


WINDOWED = (mem(0, 0, 2 * GIB), mem(1, 4 * GIB, 12 * GIB, hot=True))


@pytest.mark.parametrize(
    ("oem", "table_id", "creator"),
    [
        (b"BOCHS ", b"BXPC    ", b"BXPC"),
        (b"VMWARE", b"MEMPLUG ", b"VMW "),
        (b"CLOUDH", b"CHSRAT  ", b"RVAT"),
        (b"HVLITE", b"HVLITETB", b"MSHV"),
        (b"OXIDE\0", b"PROPOLIS", b"OXDE"),
        (b"KRUNVM", b"KRUNVM  ", b"KRUN"),
        (b"MYCLOU", b"SRAT    ", b"RVAT"),
        (b"FIRECK", b"FCVMSRAT", b"FCAT"),
        (b"VBOX  ", b"VBOXSRAT", b"ASL "),
        (b"Xen\0\0\0", b"HVM\0\0\0\0\0", b"HVML"),
        (b"Google", b"GOOGSRAT", b"GOOG"),
        (b"AMAZON", b"AMZNSRAT", b"AMZN"),
        (b"MYVMM ", b"SRAT    ", b"    "),
        (b"CROSVM", b"CROSVMXX", b"CROS"),
    ],
)
def test_windows_of_guests(oem: bytes, table_id: bytes, creator: bytes) -> None:
    """A guest's hot-pluggable range above its memory holds no RAM."""
    told = boot_memory(_by(oem, *WINDOWED, table_id=table_id, creator=creator))
    assert told.hypervisor is not None
    assert told.ram == (Span(0, 2 * GIB),)
    assert told.windows == (Span(4 * GIB, 12 * GIB),)


@pytest.mark.parametrize("oem", [b"ALASKA", b"INTEL ", b"HPE   ", b"LENOVO", b"DELL  ", b"HISI  "])
def test_real_machines(oem: bytes) -> None:
    """What firmware of a board calls hot-pluggable is plugged."""
    told = boot_memory(_by(oem, *WINDOWED, table_id=b"A M I"))
    assert told.hypervisor is None
    assert told.ram == (
        Span(0, 2 * GIB),
        Span(4 * GIB, 12 * GIB),
    )
    assert (told.fixed, told.hot) == ((Span(0, 2 * GIB),), (Span(4 * GIB, 12 * GIB),))
    assert told.windows == ()


def test_other_tables_show_a_guest() -> None:
    """The FADT's hypervisor field, tables that only guests have, or another table's ids."""
    plain = _by(b"OEMID", *WINDOWED)
    assert hypervisor_of(plain) is None
    fadt = table(b"FACP", bytes(232) + b"MyHyperv")
    bare = table(b"FACP", bytes(240))
    waet, hpet = table(b"WAET"), table(b"HPET")
    for data, shown in ((fadt, True), (bare, False), (waet, True), (hpet, False)):
        raw = RawTable(origin=Origin(path="x"), offset=0, data=data)
        assert (hypervisor_of(plain, [raw]) is not None) is shown


def test_hot_ranges_between_others_are_populated() -> None:
    """Only what is above all other memory can be a window."""
    told = boot_memory(_by(b"BOCHS", mem(0, 0, GIB, hot=True), mem(0, 4 * GIB, 5 * GIB)))
    assert told.hot == (Span(0, GIB),)
    assert told.windows == ()


def test_what_a_log_shows_in_a_range_needs_ram_there() -> None:
    """Tables and an initrd are in RAM, so ranges up to them are no windows."""
    ranges = (mem(0, 0, GIB), mem(1, GIB, 2 * GIB, hot=True), mem(2, 4 * GIB, 8 * GIB, hot=True))
    told = boot_memory(_by(b"BOCHS", *ranges), ram_seen=GIB + 5)
    assert (told.hot, told.windows) == ((Span(GIB, 2 * GIB),), (Span(4 * GIB, 8 * GIB),))


def test_all_hot_as_hyper_v_has_it() -> None:
    """The low range, and the first above 4 GiB, hold the RAM; the rest is address space."""
    told = boot_memory(
        _by(
            b"VRTUAL",
            mem(0, 0, GIB, hot=True),
            mem(0, 4 * GIB, 11 * GIB, hot=True),
            mem(0, 11 * GIB, 63 * GIB, hot=True),
            mem(0, TIB, 2 * TIB, hot=True),
        )
    )
    assert told.ram == (
        Span(0, GIB),
        Span(4 * GIB, 11 * GIB),
    )
    assert len(told.windows) == 2


def test_what_is_no_ram_to_anybody() -> None:
    """Disabled, empty and non-volatile ranges are neither RAM nor windows."""
    flags = MemoryFlags.ENABLED | MemoryFlags.NON_VOLATILE
    stored = mem(1, 4 * GIB, 6 * GIB)._replace(flags=int(flags))
    off = mem(1, 8 * GIB, 9 * GIB)._replace(flags=0)
    told = boot_memory(_by(b"ALASKA", mem(0, 0, GIB), stored, off, mem(1, GIB, GIB)))
    assert told.ram == (Span(0, GIB),)
    assert told.windows == ()


def test_addresses_that_no_processor_has() -> None:
    """A range that wraps or ends above the highest address is cut."""
    wide = mem(0, 0, GIB)._replace(range_length=(1 << 64) - 1)
    assert boot_memory(_by(b"X", wide)).ram == (Span(0, 1 << 52),)


def test_a_table_without_entries() -> None:
    """Nothing is nothing."""
    decoded = decode(table(b"SRAT", bytes(12))).table
    assert isinstance(decoded, Srat)
    assert boot_memory(decoded).ram == ()


def test_a_range_that_no_machine_could_fill_is_that_of_a_hypervisor() -> None:
    """Whatever made the table: the first range of each domain holds RAM, the others are windows."""
    entries = (
        mem(0, 0, GIB, hot=True),
        mem(0, 4 * GIB, 60 * GIB, hot=True),
        mem(0, 32 * TIB, 64 * TIB, hot=True),
    )
    found = boot_memory(_by(b"ODDITY", *entries))
    assert found.hypervisor == "a hypervisor"
    assert found.windows == (Span(32 * TIB, 64 * TIB),)
    assert boot_memory(_by(b"ODDITY", *entries[:2])).hypervisor is None
