import pytest

from srat_tool.base.errors import BootOptionError
from srat_tool.base.units import GIB
from srat_tool.observe.bootlog import parse_boot_log
from srat_tool.plan.inputs import read_machine
from srat_tool.plan.machine import Machine
from tests.machines import mem, srat
from tests.plan.support import machine, raw

LOG = """\
[    0.000000] Linux version 5.10.0-32-amd64 (x) #1 SMP
[    0.000000] Command line: quiet movable_node
[    0.000000] DMI: QEMU Standard PC (Q35 + ICH9, 2009), BIOS 1.16.2-debian-1.16.2-1 04/01/2014
[    0.000000] x2apic enabled
[    0.000000] ACPI: SLIT 0x000000007FFE2010 00003C (v01 BOCHS  BXPC     00000001 BXPC 00000001)
[    0.010000] SRAT: PXM 1 -> APIC 0x00 -> Node 0
[    0.010000] ACPI: SRAT: Node 1 PXM 0 [mem 0x00000000-0x7fffffff]
"""


def test_the_log_tells_kernel_options_and_srat() -> None:
    """And which domain is which node."""
    inputs = read_machine(Machine(boot_log=parse_boot_log(LOG), extra_options=("kernelcore=1G",)))
    assert inputs.profile.name == "5.10"
    assert inputs.options.movable_node
    assert inputs.options.kernelcore == GIB >> 12
    assert inputs.from_log
    assert inputs.tables.known_nodes == {1: 0, 0: 1}
    assert inputs.tables.unread_slit
    assert inputs.x2apic
    assert inputs.is_virtual
    assert inputs.assumptions == []


def test_a_table_beats_the_lines_of_a_log() -> None:
    """And the first table of a signature beats the others."""
    table = raw(srat(mem(7, 0, GIB)))
    log = parse_boot_log(LOG)
    inputs = read_machine(Machine(tables=(table, raw(srat(mem(8, 0, GIB)))), boot_log=log))
    assert not inputs.from_log
    assert [inputs.domain_of(entry) for entry in inputs.srat_memory] == [7]


def test_what_is_missing_is_named() -> None:
    """The newest kernel and an empty command line."""
    inputs = read_machine(Machine())
    assert [assumption.what for assumption in inputs.assumptions] == ["kernel", "command line"]
    assert not inputs.is_virtual
    assert not inputs.x2apic


def test_an_unknown_kernel_is_an_error() -> None:
    """Nothing is guessed."""
    with pytest.raises(BootOptionError):
        read_machine(machine(None, profile="linux"))
