"""Soft-reserved memory of whole machines."""

from __future__ import annotations

import pytest

from srat_tool.base.span import Span
from srat_tool.base.units import GIB
from srat_tool.grammar.registry import encode
from srat_tool.kernel.memory_tiers import Tier
from srat_tool.plan.late_values import SoftReserved
from srat_tool.plan.plan import Plan
from srat_tool.tables.memmap import MapEntry, MemoryMap, MemoryType
from srat_tool.tables.srat import Srat
from tests.machines import Q4, cpu, mem, srat
from tests.plan.support import cedt, plan, raw

TABLE = srat(cpu(0, 0), mem(0, 0, 2 * GIB), mem(1, 4 * GIB, 6 * GIB))
SOFT = MemoryMap(
    entries=(
        *(MapEntry(*span, MemoryType.RAM) for span in Q4[:2]),
        MapEntry(4 * GIB, 6 * GIB, MemoryType.SOFT_RESERVED),
    )
)


def soft_plan(kernel: str, cmdline: str = "nokaslr", *, table: Srat = TABLE) -> Plan:
    return plan(table, cmdline, memory_map=SOFT, profile=kernel)


def piece(kernel: str, cmdline: str = "nokaslr") -> SoftReserved:
    (only,) = soft_plan(kernel, cmdline).after_zones.soft_reserved
    return only


def test_memory_of_its_own_node() -> None:
    """6.12: kmem makes memory of it, in tier 22, and its lines are printed."""
    made = soft_plan("6.12.117")
    only = made.after_zones.soft_reserved[0]
    assert only == SoftReserved(
        Span(4 * GIB, 6 * GIB), "hmem", 1, "system-ram", 2 * GIB, "Normal",
        "kmem makes memory of it", Span(4 * GIB, 6 * GIB),
    )  # fmt: skip
    assert made.after_zones.tiers is not None
    assert made.after_zones.tiers.tiers[1] == Tier(22, (1,))
    assert made.log[-2:] == (
        "Demotion targets for Node 0: preferred: 1, fallback: 1",
        "Demotion targets for Node 1: null",
    )


@pytest.mark.parametrize(
    ("state", "zone"),
    [
        ("offline", None),
        ("online_movable", "Movable"),
        ("online_kernel", "Normal"),
        ("online", "Normal"),
    ],
)
def test_the_default_state_decides_about_the_zone(state: str, zone: str | None) -> None:
    """Memory that stays offline makes no tier."""
    only = piece("6.12.117", f"nokaslr memhp_default_state={state}")
    assert (only.zone, only.usable_bytes) == (zone, 2 * GIB)


def test_a_device_that_stays_one() -> None:
    """6.1: devdax, no memory, one tier."""
    assert (piece("6.1").mode, piece("6.1").usable_bytes) == ("devdax", 0)
    tiers = soft_plan("6.1").after_zones.tiers
    assert tiers is not None
    assert tiers.tiers == (Tier(4, (0,)),)


def test_firmware_may_have_programmed_decoders() -> None:
    """Under a window both answers are given."""
    window = cedt((4 * GIB, 4 * GIB))
    made = plan(
        TABLE, tables=(raw(TABLE), raw(TABLE)._replace(data=encode(window))),
        memory_map=SOFT, profile="6.12.117",
    )  # fmt: skip
    assert made.after_zones.soft_reserved[0].owner == "nobody"
    assert any("decoders" in other.condition for other in made.alternatives)


def test_the_state_that_kmem_leaves_is_an_assumption() -> None:
    """It is in the plan before anything asks for tiers, unless the command line decides."""
    what = "default state of added memory"
    assumed = {guess.what: guess.value for guess in soft_plan("6.12.117").assumptions}
    assert assumed[what] == "online"
    asked = soft_plan("6.12.117", "nokaslr memhp_default_state=offline").assumptions
    assert all(guess.what != what for guess in asked)


@pytest.mark.parametrize(
    ("start", "cmdline", "why"),
    [
        (1 << 61, "nokaslr", "kmem cannot add it: E2BIG: Hotplug memory [0x2000000000000000-"),
        (1 << 61, "", "kmem cannot add it: E2BIG: Hotplug memory [0x2000000000000000-"),
        (20 << 40, "", "whether kmem can add it is not known: KASLR ends the direct map 10 TiB"),
        (1 << 46, "nokaslr", "whether kmem can add it is not known: four-level page tables"),
    ],
)
def test_an_address_that_no_memory_can_have(start: int, cmdline: str, why: str) -> None:
    """The direct map ends below it, for certain or perhaps: no memory of it is promised."""
    end = start + 2 * GIB
    firmware = MemoryMap((*SOFT.entries[:-1], MapEntry(start, end, MemoryType.SOFT_RESERVED)))
    table = srat(cpu(0, 0), mem(0, 0, 2 * GIB), mem(1, start, end))
    made = plan(table, cmdline, memory_map=firmware, profile="6.12.117")
    (only,) = made.after_zones.soft_reserved
    assert (only.mode, only.usable_bytes, only.zone) == ("system-ram", 0, None)
    assert only.why.startswith(why)
    assert made.after_zones.tiers is not None
    assert made.after_zones.tiers.tiers == (Tier(4, (0,)),)
