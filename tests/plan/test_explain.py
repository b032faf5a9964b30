"""From table offset to zone: the chain names every link."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from srat_tool.api.machine import load
from srat_tool.api.options import PlanOptions
from srat_tool.plan.explain import Step, explain
from srat_tool.plan.explain_target import find_target
from srat_tool.plan.pipeline import make_plan
from srat_tool.plan.plan import Plan

GIB = 1 << 30


def _plan(name: str, **options: bool) -> Plan:
    return make_plan(load(f"example:{name}", PlanOptions(**options)))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def riser() -> Plan:
    """Two sockets, a removable riser, movable_node."""
    return _plan("two-sockets-removable-riser", movable_node=True)


def _flat(step: Step) -> Iterator[Step]:
    yield step
    for below in step.steps:
        yield from _flat(below)


def _texts(plan: Plan, target: str) -> str:
    return "\n".join(step.text for step in _flat(explain(plan, find_target(plan, target))))


def test_chain_of_a_movable_node(riser: Plan) -> None:
    """Entry with its offset, memblock, policy, zone, verdict."""
    root = explain(riser, find_target(riser, "node1"))
    assert [step.text for step in root.steps] == [
        "the SRAT declares",
        "numa_meminfo, the kernel's list of node ranges",
        "memblock.memory",
        "nodes",
        "zones",
        "node-local data",
        "verdicts on hot-pluggable ranges",
    ]
    offset = next(hot.offset for hot in riser.hotpluggable if hot.nid == 1)
    assert root.steps[0].steps[0].offset == root.steps[-1].steps[0].offset == offset
    assert "ZONE_MOVABLE of node 1 begins at 0x840000000" in _texts(riser, "node1")
    assert "8 processors: APIC 1,3,5,7,9,11,13,15" in _texts(riser, "node1")


def test_chain_of_a_kernel_node(riser: Plan) -> None:
    """What is on it, and through which holes its ranges were joined."""
    text = _texts(riser, "0")
    assert "node 0 is a kernel node: " in text
    assert "are joined through the hole 0xa0000-0xfffff" in text
    assert "kernel image" in text


def test_address_in_a_hole(riser: Plan) -> None:
    """Zones span it, none of it is there."""
    text = _texts(riser, "0xd0000000")
    assert "memblock.memory" not in text
    assert "DMA32 of node 0" in text
    assert "none of it here" in text


def test_windows_are_explained() -> None:
    """Memory that may come later has its chain, too."""
    plan = _plan("hot-add-window", movable_node=True)
    window = plan.hot_add[0]
    text = _texts(plan, f"0x{window.start:x}")
    assert "has no RAM: kept for hot-add only" in text
    assert "online gives" in text


def test_rejected_table_is_the_first_link() -> None:
    """Everything below follows from it."""
    plan = _plan("overlap-two-domains")
    root = explain(plan, find_target(plan, "0"))
    assert root.steps[0].steps[0].text.startswith("nothing that counts: ")


@pytest.mark.parametrize(
    "name", ["two-sockets-removable-riser", "interleaved-domains", "cxl-window"]
)
def test_every_offset_of_a_node_is_in_its_chain(name: str) -> None:
    """Whatever numa_meminfo was made of is named with its place in the table."""
    plan = _plan(name, movable_node=True)
    for hot in plan.hotpluggable:
        if hot.nid is not None and hot.offset is not None:
            chain = explain(plan, find_target(plan, f"node{hot.nid}"))
            assert hot.offset in {step.offset for step in _flat(chain)}


def test_an_address_outside_every_range(riser: Plan) -> None:
    """The node of the first range, unless the device declares another, and the zones."""
    texts = _texts(riser, "1T")
    assert "no range of the SRAT covers 0x10000000000: memory added there joins node 0" in texts
    assert "_PXM of the memory device" in texts
    assert "online gives Movable, online_movable gives Movable" in texts
    assert "covers" not in _texts(riser, "1G")


def test_an_address_that_the_kernel_refuses(riser: Plan) -> None:
    """No node is named for it; for an address that KASLR may leave out, that is stated."""
    texts = _texts(riser, hex((1 << 64) - 1))
    assert "no memory can be added at 0xffffffffffffffff: " in texts
    assert "Linux refuses it" in texts
    assert "joins node" not in texts
    assert "it may fail: KASLR ends the direct map" in _texts(riser, hex(1 << 45))
    assert "may fail" not in _texts(riser, "1T")


def test_the_zone_without_movable_node() -> None:
    """What online gives is Normal then."""
    assert "online gives Normal" in _texts(_plan("two-sockets-removable-riser"), "1T")
