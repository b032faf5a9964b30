"""The crash kernel of a plan."""

from __future__ import annotations

from srat_tool.base.units import GIB
from srat_tool.observe.bootlog import parse_boot_log
from srat_tool.plan.machine import Machine
from srat_tool.plan.pipeline import make_plan
from tests.machines import mem, srat
from tests.plan.support import plan

HOT_HIGH = srat(mem(0, 0, 2 * GIB), mem(1, 4 * GIB, 6 * GIB, hot=True))


def crash(cmdline: str) -> list[str]:
    made = plan(HOT_HIGH, cmdline)
    return [f"{a.value} ({a.why})" for a in made.assumptions if a.what == "crash kernel"]


def test_its_place_is_an_assumption() -> None:
    """Linux takes it after the SRAT: not from hot-pluggable memory with movable_node."""
    (words,) = crash("nokaslr crashkernel=64M")
    assert words.startswith("64M at 0x7b000000-0x7effffff (")
    (words,) = crash("nokaslr movable_node crashkernel=64M@4608M")
    assert words == "none (no room for 64M after it read the SRAT)"
    assert crash("nokaslr") == crash("nokaslr crashkernel=64M-1G:16M") == []


def test_it_keeps_its_memory_blocks() -> None:
    """Part of ZONE_MOVABLE or not, they cannot go offline; its node is no kernel node."""
    made = plan(HOT_HIGH, "nokaslr movablecore=2G crashkernel=64M@4608M", profile="6.12")
    held = [run for run in made.blocks.runs if "crash kernel" in run.why]
    assert [(run.start, run.offline) for run in held] == [(0x120000000, "no")]
    assert not any("crash" in why for node in made.nodes for why in node.kernel_node_because)


def test_the_log_knows_better() -> None:
    """What it reports after the zones counts for the boot in the log."""
    log = parse_boot_log(
        "Linux version 6.12.0 (x@y)\nCommand line: crashkernel=64M\n"
        "BIOS-e820: [mem 0x0000000000000000-0x000000007fffffff] usable\n"
        "Zone ranges:\n"
        "crashkernel reserved: 0x0000000060000000 - 0x0000000064000000 (64 MB)\n"
    )
    made = make_plan(Machine(boot_log=log))
    assert "crash kernel" not in [a.what for a in made.assumptions]
    assert any("crash kernel" in region.what for region in made.reserved)
