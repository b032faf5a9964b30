"""The plan of what was observed, made of what came before the kernel's answer alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from srat_tool.base.errors import SourceError
from srat_tool.base.rawtable import Origin, RawTable
from srat_tool.compare.reality import plan_of
from srat_tool.observe.bootlog import parse_boot_log
from srat_tool.plan.observed import Observed
from srat_tool.tables.memmap import MapEntry, MemoryMap

MAP = """\
BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff] usable
BIOS-e820: [mem 0x0000000000100000-0x00000000bfffffff] usable
last_pfn = 0xc0000 max_arch_pfn = 0x400000000
"""
HEAD = "Linux version 6.1.0-13-amd64 (x@y)\n" + MAP
SRAT = "ACPI: SRAT: Node 0 PXM 0 [mem 0x00000000-0xbfffffff]\n"
WRONG = "Early memory node ranges\n  node   7: [mem 0x0000000000001000-0x000000000009efff]\n"


def _observed(text: str) -> Observed:
    log = parse_boot_log(text)
    return Observed(log=log, memory_map=log.memory_map, release=log.release)


def test_the_answer_does_not_reach_the_plan() -> None:
    """Whatever the kernel printed about nodes changes nothing that is predicted."""
    told = plan_of((), _observed(HEAD + SRAT))
    assert plan_of((), _observed(HEAD + SRAT + WRONG)).plan == told.plan
    assert told.plan.numa_used == "srat"
    assert told.srat is None


def test_without_a_log_the_map_and_the_release_do() -> None:
    """A running machine whose log is gone still shows its map, release and options.

    The first builds of Debian's 5.10 are older than 5.10.28, which has another row.
    """
    ram = MemoryMap(entries=(MapEntry(0, 0x9F000, 1), MapEntry(0x100000, 0x40000000, 1)))
    observed = Observed(memory_map=ram, release="5.10.0-1-amd64", command_line="quiet")
    plan = plan_of((), observed).plan
    assert (plan.kernel.profile, plan.numa_used) == ("5.10.0", "dummy")
    assert plan_of((), observed, profile="6.1").plan.kernel.profile == "6.1"


def test_a_machine_without_a_map_has_no_plan() -> None:
    """Without a source of RAM there is an error that names the possible sources."""
    with pytest.raises(SourceError, match="what RAM there is"):
        plan_of((), Observed())


def test_a_named_srat_that_nobody_shows() -> None:
    """The log lists the table and none of its entries: no plan."""
    named = "ACPI: SRAT 0x000000003FFE27D9 0000C8 (v03 BOCHS  BXPC     00000100 ORCL 00000001)\n"
    observed = _observed(HEAD + named)
    with pytest.raises(SourceError, match="shows none"):
        plan_of((), observed)
    assert plan_of((), _observed(HEAD + named + SRAT)).plan.numa_used == "srat"


def test_a_kernel_without_numa_shows_no_entries() -> None:
    """It lists the table as any does, and nothing is missing from its log."""
    head = HEAD.replace("6.1.0-13-amd64", "5.15.0.1-microsoft-standard-WSL2")
    named = "ACPI: SRAT 0x00000000000E1000 000330 (v02 VRTUAL MICROSFT 00000001 MSFT 00000001)\n"
    plan = plan_of((), _observed(head + named)).plan
    assert plan.numa_used == "off"
    assert plan.log[0] == "Zone ranges:"


def test_a_log_that_begins_late_takes_the_map_from_elsewhere() -> None:
    """The best witness of the map is used, whichever it is."""
    late = _observed("Linux version 6.1.0-13-amd64 (x@y)\n")
    ram = MemoryMap(entries=(MapEntry(0x100000, 0x40000000, 1),))
    plan = plan_of((), replace(late, memory_map=ram)).plan
    assert plan.memory[0].start == 0x100000


def test_tables_of_another_machine_are_doubted() -> None:
    """A table of another length than the log lists is used, and named."""
    named = "ACPI: SRAT 0x000000003FFE27D9 0000C8 (v03 BOCHS  BXPC     00000100 ORCL 00000001)\n"
    table = b"SRAT" + (48).to_bytes(4, "little") + b"\x03" + bytes(39)
    given = (RawTable(origin=Origin(path="x"), data=table),)
    assert plan_of(given, _observed(HEAD + named)).doubts == (
        "the log lists SRAT with 200 bytes, the one given has 48",
    )
    assert plan_of(given, _observed(HEAD)).doubts == ()


def test_numa_that_is_off_without_an_option_is_no_difference() -> None:
    """The kernel's own words win; lines that state it prove nothing, and are not compared."""
    off = "NUMA turned off\nFaking a node at [mem 0x0000000000000000-0x00000000bfffffff]\n"
    for line in ("", "Command line: quiet\n", "Command line: numa=fake=2\n"):
        planned = plan_of((), _observed(HEAD + line + SRAT + off))
        assert planned.plan.numa_used == "off"
        assert "does not show the option" in planned.basis.given["numa"]
    asked = plan_of((), _observed(HEAD + "Command line: numa=off\n" + SRAT + off))
    assert asked.plan.numa_used == "off"
    assert "numa" not in asked.basis.given
