"""What a log reports about its tables counts for the kernel that printed it."""

from __future__ import annotations

from typing import Any

import pytest

from srat_tool.kernel.profiles import profile_for
from srat_tool.observe.bootlog import parse_boot_log
from srat_tool.plan.logged_verdict import empty_nodes, rejection, unread_slit
from srat_tool.plan.machine import Machine
from srat_tool.plan.pipeline import make_plan

VERSION = "Linux version 6.1.0-50-amd64 (x86_64)\nCommand line: quiet\n"
EDIT = "e820: update [mem 0x00000000-0x00000fff] usable ==> reserved\nlast_pfn = 0x1 max\n"
LISTED = "ACPI: SLIT 0x000000007FFE27D9 00003C (v01 BOCHS  BXPC     00000001 BXPC 00000001)\n"
TABLE = "NUMA: Initialized distance table, cnt=2\n"
INVALID = "ACPI: SLIT table looks invalid. Not used.\n"
ZONES = "Zone ranges:\n"
FAKED = "No NUMA configuration found\nFaking a node at [mem 0x0-0x17fffffff]\n"
SRAT = (
    "ACPI: SRAT: Node 0 PXM 0 [mem 0x00000000-0xbfffffff]\n"
    "ACPI: SRAT: Node 1 PXM 1 [mem 0x100000000-0x17fffffff]\n"
)


def _machine(text: str, **fields: Any) -> Machine:
    return Machine(boot_log=parse_boot_log(VERSION + text), **fields)


@pytest.mark.parametrize(
    ("text", "present", "value"),
    [
        (LISTED, True, "valid"),
        (LISTED + TABLE, True, "valid"),
        (TABLE, True, "valid"),
        (LISTED + EDIT + ZONES, False, "not used"),
        (LISTED + INVALID + ZONES, False, ""),
        (EDIT + ZONES, False, ""),
        ("", False, ""),
    ],
)
def test_whether_distances_are_known(text: str, present: bool, value: str) -> None:
    """The distance table of the log's own kernel decides, then the list of tables."""
    profile = profile_for("6.1")
    slit = unread_slit(_machine(text), profile, from_log=True, nodes=2, virtual=False)
    assert (slit.present, slit.value) == (present, value)


def test_a_rejected_table_stays_rejected() -> None:
    """The log's verdict is followed where nothing in the table explains it."""
    plan = make_plan(_machine(SRAT + FAKED))
    assert (plan.numa_used, [node.nid for node in plan.nodes]) == ("dummy", [0])
    assert plan.rejected == "the log reports it: its kernel made one node of all memory"


def test_another_kernel_may_think_otherwise() -> None:
    """A verdict counts for the kernel that gave it."""
    assert rejection(_machine(SRAT + FAKED, profile="6.12")) is None
    assert rejection(_machine(SRAT + FAKED, command_line="numa=fake=2")) is None
    assert rejection(_machine("NUMA turned off\n" + FAKED)) is None
    assert rejection(Machine()) is None


def test_nodes_without_memory_are_planned() -> None:
    """A log names them, whatever its kernel found on them."""
    text = SRAT + "Initmem setup node 2 as memoryless\n"
    assert empty_nodes(_machine(text)) == (2,)
    assert empty_nodes(_machine(text + FAKED)) == ()
    plan = make_plan(_machine(text))
    assert [(node.nid, node.memoryless) for node in plan.nodes][2] == (2, True)
