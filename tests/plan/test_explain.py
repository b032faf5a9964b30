"""From table offset to zone: the chain names every link."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from srat_tool.api.machine import load
from srat_tool.api.options import PlanOptions
from srat_tool.base.errors import SratToolError
from srat_tool.base.span import Span
from srat_tool.plan.explain import Step, explain, find_target, is_target
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


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("0x840000000", Span(33 * GIB, 33 * GIB + 1)),
        ("33G", Span(33 * GIB, 33 * GIB + 1)),
        ("33G-65G", Span(33 * GIB, 65 * GIB)),
        ("0x840000000-0x103fffffff", Span(33 * GIB, 65 * GIB)),
        ("[mem 0x840000000-0x103fffffff]", Span(33 * GIB, 65 * GIB)),
        ("33G..65G", Span(33 * GIB, 65 * GIB)),
    ],
)
def test_addresses_and_ranges(riser: Plan, text: str, span: Span) -> None:
    """As people and kernels write them; a range may be copied out of a log."""
    target = find_target(riser, text)
    assert (target.nid, target.spans) == (None, (span,))


@pytest.mark.parametrize("text", ["node1", "1", "Node 1", "nodes 1"])
def test_nodes(riser: Plan, text: str) -> None:
    """By number, with or without the word."""
    assert find_target(riser, text).nid == 1


@pytest.mark.parametrize("text", ["fixtures/x", "SRAT.bin", "", "0x10-0x5", "a-b", "./1"])
def test_other_words_are_no_targets(text: str) -> None:
    """A path behind --explain is an input."""
    assert not is_target(text)


def test_unknown_node_is_named(riser: Plan) -> None:
    """With those that there are."""
    with pytest.raises(SratToolError, match="no such node, got 7, expected one of 0-2"):
        find_target(riser, "7")


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
    """What lies on it, and through which holes its ranges were joined."""
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
