"""The random machines of the soak."""

from __future__ import annotations

import pytest

from srat_tool.authoring.assemble import assemble
from srat_tool.authoring.spec import parse_spec
from srat_tool.base.architecture import AARCH64, LOONGARCH64, RISCV64, Architecture
from tests.soak.cxl_machines import cxl_machine
from tests.soak.guest_topology import random_topology
from tests.soak.hmat_machines import hmat_machine
from tests.soak.machines import random_machine


@pytest.mark.parametrize("seed", range(50))
def test_every_machine_is_a_spec(seed: int) -> None:
    """A random machine can be built, and its number gives it again."""
    machine = random_machine(seed)
    assert machine == random_machine(seed)
    assert assemble(parse_spec(machine.spec()))
    assert all(len(smaller.spec()) < len(machine.spec()) + 4 for smaller in machine.smaller())


@pytest.mark.parametrize("seed", range(50))
def test_every_machine_with_an_hmat_is_a_spec(seed: int) -> None:
    """It has the tables that decide about tiers, and its number gives it again."""
    text = hmat_machine(seed)
    assert text == hmat_machine(seed)
    names = {table.signature for table in assemble(parse_spec(text))}
    assert {b"SRAT", b"HMAT"} <= names


@pytest.mark.parametrize("arch", [AARCH64, RISCV64, LOONGARCH64])
@pytest.mark.parametrize("seed", range(30))
def test_every_topology_is_one_that_its_number_gives_again(seed: int, arch: Architecture) -> None:
    """Each processor is in a node of it, and a smaller one has less."""
    machine = random_topology(seed, arch)
    assert machine == random_topology(seed, arch)
    assert set(machine.processors) <= set(range(len(machine.sizes)))
    assert sum(machine.sizes) >= 600
    assert all(len(smaller.spec()) < len(machine.spec()) for smaller in machine.smaller())


@pytest.mark.parametrize("seed", range(50))
def test_every_machine_with_cxl_has_its_regions(seed: int) -> None:
    """Its number gives it again; a region has devices of its own, and a window of the machine."""
    machine = cxl_machine(seed)
    assert machine == cxl_machine(seed)
    board = machine.argv[machine.argv.index("-M") + 1]
    used = [device for region in machine.regions for device in region.devices]
    assert len(used) == len(set(used))
    assert set(used) <= set(range(len(machine.buses)))
    assert all(f"cxl-fmw.{region.window}.size=" in board for region in machine.regions)
