"""Processor nodes and caches in one line."""

from __future__ import annotations

from srat_tool.render.inspect.describe_pptt import cache, identifier, node
from srat_tool.render.inspect.runs import EntryRun
from srat_tool.tables.pptt import Cache, Identifier, ProcessorNode


def _run(entry: object) -> EntryRun:
    return EntryRun(0, entry, entry, 1)


def test_a_node_names_its_processor_and_parent() -> None:
    """The processor only where its id is valid."""
    leaf = ProcessorNode(56, 0, 24, 0, 10, 36, 7, 1, (80,))
    assert node(_run(leaf), None).what == "processor 7, parent 0x0024, resources 0x0050"
    assert node(_run(leaf._replace(flags=1, parent=0, resources=())), None).what == "no parent"


def test_a_cache_says_what_is_valid() -> None:
    """Fields whose flag is clear are left out."""
    one = Cache(36, 1, 28, 0, 0b1000001, 0, 1 << 20, 0, 0, 0, 64, 3)
    assert cache(_run(one), None).what == "line 64B, last level"
    assert cache(_run(one), None).size


def test_an_id_has_its_revision() -> None:
    """Major, minor and spin."""
    one = Identifier(36, 2, 30, 0, 0x41424344, 1, 2, 3, 4, 5)
    assert identifier(_run(one), None).what == 'vendor "DCBA", ids 0x1 0x2, revision 3.4.5'
