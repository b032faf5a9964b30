"""A plan that is not what the log's kernel did reports it."""

from __future__ import annotations

from typing import Any

from srat_tool.observe.bootlog import parse_boot_log
from srat_tool.plan.machine import Machine
from srat_tool.plan.pipeline import make_plan

LOG = """\
Linux version 6.1.0-50-amd64 (x86_64)
Command line: {options}
BIOS-provided physical RAM map:
BIOS-e820: [mem 0x0000000000000000-0x000000000009ffff] usable
BIOS-e820: [mem 0x0000000000100000-0x000000007fffffff] usable
Faking a node at [mem 0x0000000000000000-0x000000007fffffff]
Zone ranges:
  DMA      [mem 0x0000000000001000-0x0000000000ffffff]
  DMA32    [mem 0x0000000001000000-0x000000007fffffff]
  Normal   empty
  Device   empty
Movable zone start for each node
Early memory node ranges
  node   0: [mem 0x0000000000001000-0x000000000009ffff]
  node   {nid}: [mem 0x0000000000100000-0x000000007fffffff]
Initmem setup node 0 [mem 0x0000000000001000-0x000000007fffffff]
"""


def _said(options: str = "quiet", nid: int = 0, **fields: Any) -> list[str]:
    log = parse_boot_log(LOG.format(options=options, nid=nid))
    plan = make_plan(Machine(boot_log=log, **fields))
    return [guess.why for guess in plan.assumptions if guess.value == "contradicts this plan"]


def test_the_same_is_no_contradiction() -> None:
    """Nodes and RAM as the kernel had them."""
    assert _said() == []


def test_other_movable_memory() -> None:
    """A list of the log that its options do not explain, or none where they ask for some."""
    begin = "Movable zone start for each node\n"
    moved = LOG.format(options="quiet", nid=0).replace(begin, f"{begin}  Node 0: 0x40000000\n")
    plan = make_plan(Machine(boot_log=parse_boot_log(moved)))
    assert [guess.why for guess in plan.assumptions if guess.value == "contradicts this plan"] == [
        "its kernel had ZONE_MOVABLE on node 0 from 0x40000000, here it has no ZONE_MOVABLE"
    ]
    assert "no ZONE_MOVABLE on node 0, here it has" in _said("movablecore=512M")[0]
    assert _said(extra_options=("movablecore=512M",)) == []


def test_other_nodes_and_other_ram() -> None:
    """What the kernel had otherwise is named, on both sides."""
    assert _said(nid=1) == ["its kernel had memory on node 0-1, here it is node 0"]
    (said,) = _said("mem=1G")
    assert said == (
        "its kernel had 2G of RAM up to 0x80000000, here it is 1023.6M of RAM up to 0x40000000"
    )


def test_another_kernel_is_not_judged() -> None:
    """A log proves nothing about a kernel that is asked for."""
    assert _said(nid=1, profile="6.12") == []


def test_ram_that_differs_by_less_than_is_shown() -> None:
    """Two sizes that round to the same would show nothing: the range is named."""
    text = LOG.format(options="quiet", nid=0)
    text = text.replace(
        "  node   0: [mem 0x0000000000100000-0x000000007fffffff]\n",
        "  node   0: [mem 0x0000000000100000-0x0000000040000fff]\n"
        "  node   0: [mem 0x0000000040002000-0x000000007fffffff]\n",
    )
    plan = make_plan(Machine(boot_log=parse_boot_log(text)))
    assert [a.why for a in plan.assumptions if a.value == "contradicts this plan"] == [
        "its kernel had no RAM in 0x40001000-0x40001fff"
    ]


def test_ram_that_ends_a_little_earlier() -> None:
    """Where only the end differs, and by less than a size shows, the range is named too."""
    text = LOG.format(options="quiet", nid=0)
    text = text.replace("100000-0x000000007fffffff]\nInit", "100000-0x000000007fffefff]\nInit")
    plan = make_plan(Machine(boot_log=parse_boot_log(text)))
    assert [a.why for a in plan.assumptions if a.value == "contradicts this plan"] == [
        "its kernel had no RAM in 0x7ffff000-0x7fffffff"
    ]


def test_ram_without_a_node_is_no_node_1024() -> None:
    """A log of a kernel up to 6.7 that has such RAM is planned like any other (5.10)."""
    text = LOG.format(options="quiet", nid=0)
    text = text.replace("node   0: [mem 0x0000000000001000", "node 1024: [mem 0x0000000000001000")
    plan = make_plan(Machine(boot_log=parse_boot_log(text)))
    (said,) = [a.why for a in plan.assumptions if a.value == "contradicts this plan"]
    assert said == "its kernel had memory on node 0 and on none, here it is node 0"
