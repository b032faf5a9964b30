"""The configuration of a logged kernel: shown, or guessed and named."""

from __future__ import annotations

from typing import Any

import pytest

from srat_tool.base.units import GIB
from srat_tool.observe.bootlog import parse_boot_log
from srat_tool.plan.machine import Machine
from srat_tool.plan.read_machine import read_machine
from tests.machines import mem, srat
from tests.plan.support import plan

LISTED = "{first}\nCommand line: quiet\nZone ranges:\n{zones}Movable zone start for each node\n"
X86 = "Linux version 6.1.0-50-amd64 (x86_64)"
ARM = "Linux version 6.1.0-50-arm64 (aarch64)"
DMA = "  DMA      [mem 0x0000000000001000-0x0000000000ffffff]\n"
DMA32 = "  DMA32    [mem 0x0000000001000000-0x00000000ffffffff]\n"
NORMAL = "  Normal   [mem 0x0000000100000000-0x000000017fffffff]\n"
DEVICE = "  Device   empty\n"


def _machine(first: str, zones: str, **fields: Any) -> Machine:
    return Machine(boot_log=parse_boot_log(LISTED.format(first=first, zones=zones)), **fields)


@pytest.mark.parametrize(
    ("zones", "names", "device", "named"),
    [
        (DMA + DMA32 + NORMAL + DEVICE, ("DMA", "DMA32", "Normal"), True, []),
        (DMA + DMA32 + NORMAL, ("DMA", "DMA32", "Normal"), False, ["CONFIG_ZONE_DEVICE"]),
        (DMA32 + NORMAL + DEVICE, ("DMA32", "Normal"), True, []),
        (NORMAL + DEVICE, ("Normal",), True, []),
        (
            DMA + DMA32 + NORMAL + "  ExtMem   empty\n" + DEVICE,
            ("DMA", "DMA32", "Normal", "ExtMem"),
            True,
            [],
        ),
    ],
)
def test_listed_zones_are_the_zones(
    zones: str, names: tuple[str, ...], device: bool, named: list[str]
) -> None:
    """A kernel lists each zone that it was built with, empty or not."""
    inputs = read_machine(_machine(X86, zones))
    assert tuple(zone.name for zone in inputs.profile.arch.zones) == names
    assert inputs.profile.printk.device_zone is device
    assert [guess.what for guess in inputs.assumptions] == named


def test_another_kernel_has_its_own_zones() -> None:
    """The list counts for the kernel that printed it, not for one that is asked for."""
    inputs = read_machine(_machine(X86, NORMAL, profile="6.12"))
    assert [zone.name for zone in inputs.profile.arch.zones] == ["DMA", "DMA32", "Normal"]


def test_what_is_given_counts_more() -> None:
    """A configuration that the user gives is applied to what the log shows."""
    log = parse_boot_log(LISTED.format(first=X86, zones=DMA + NORMAL + DEVICE))
    inputs = read_machine(Machine(boot_log=log, config={"ZONE_DEVICE": "n"}))
    assert not inputs.profile.printk.device_zone


def test_arm64s_first_zone_ends_where_the_log_has_it() -> None:
    """Firmware declares how far the narrowest bus reaches, and the log shows the result."""
    zones = (
        "  DMA      [mem 0x0000000000000000-0x000000003fffffff]\n"
        "  DMA32    [mem 0x0000000040000000-0x00000000ffffffff]\n" + NORMAL + DEVICE
    )
    inputs = read_machine(_machine(ARM, zones))
    assert inputs.profile.arch.zones[0] == ("DMA", 1 << 30)
    assert [g.what for g in inputs.assumptions if "DMA" in g.what] == ["end of ZONE_DMA"]


def test_a_node_beyond_the_usual_number() -> None:
    """A kernel that has a node 40 was built for more than 16, and an SRAT declares the node."""
    text = f"{ARM}\nCommand line: quiet\nInitmem setup node 40 [mem 0x80000000-0xbfffffff]\n"
    inputs = read_machine(Machine(boot_log=parse_boot_log(text)))
    assert inputs.profile.max_nodes == 64
    assert [g.what for g in inputs.assumptions] == ["CONFIG_NODES_SHIFT", "SRAT"]


@pytest.mark.parametrize(
    ("release", "arch", "named"),
    [
        ("5.14.0-427.13.1.el9_4.aarch64+64k", "aarch64", True),
        ("6.8.0-40-generic-64k", "aarch64", True),
        ("6.4.0-150600.21-64kb", "aarch64", True),
        ("6.12.107-arm64-16k", "aarch64", True),
        ("6.12.107+deb13-arm64", "aarch64", False),
        ("7.2.13-loong64-16k", "loongarch64", False),
    ],
)
def test_pages_that_are_not_modelled_are_said(release: str, arch: str, named: bool) -> None:
    """Zones and blocks are computed with the pages that distributions usually configure."""
    table = srat(mem(0, 0, 2 * GIB))
    made = plan(table, profile=release, arch=arch, memory_map=None)
    assert any(guess.what == "page size" for guess in made.assumptions) is named
