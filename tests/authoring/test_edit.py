"""What-if edits."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srat_tool.authoring.assemble import assemble
from srat_tool.authoring.decompile import decompile
from srat_tool.authoring.edit import Edits, edit, mended, read_renumber, read_target
from srat_tool.authoring.spec import parse_spec
from srat_tool.base.errors import SpecError
from srat_tool.base.span import Span
from srat_tool.grammar.registry import decode
from srat_tool.tables.srat import Srat
from tests.support import corpus_tables, needs_corpus

TABLE = """
apic 0 0
apic 1 1 flags=0x80000001
raw 77 00112233
mem 0 0+2G
mem 1 4G+4G flags=0x11 reserved3=5
"""


def build(entries: str) -> bytes:
    """Return a SRAT with these entries."""
    return assemble(parse_spec(f"[srat]\nentries = '''{entries}'''"))[0].data


def lines(data: bytes) -> list[str]:
    """Return the entries of a SRAT as lines."""
    return [line.text for line in parse_spec(decompile([data])).tables[0].lines]


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        (Edits(set_hotplug=(0,)), ["mem 0 0+2G hotplug", "mem 1 4G+4G reserved3=5 flags=17"]),
        (
            Edits(set_hotplug=(Span(5 << 30, 6 << 30),)),
            [
                "mem 0 0+2G",
                "mem 1 4G+1G flags=17 reserved3=5",
                "mem 1 5G+1G flags=19 reserved3=5",
                "mem 1 6G+2G flags=17 reserved3=5",
            ],
        ),
        (Edits(drop=(3,)), ["mem 1 4G+4G flags=17 reserved3=5"]),
        (Edits(drop=(Span(4 << 30, 7 << 30),)), ["mem 0 0+2G", "mem 1 7G+1G flags=17 reserved3=5"]),
        (
            Edits(set_hotplug=(1,), clear_hotplug=(Span(6 << 30, 8 << 30),)),
            [
                "mem 0 0+2G",
                "mem 1 4G+2G flags=19 reserved3=5",
                "mem 1 6G+2G flags=17 reserved3=5",
            ],
        ),
    ],
)
def test_edits(edits: Edits, expected: list[str]) -> None:
    """Only what is named changes; processors, reserved bits and unknown entries stay."""
    data = edit(build(TABLE), edits)
    found = lines(data)
    assert found[:3] == ["apic 0 0", "apic 1 1 flags=0x80000001", "raw 77 00112233"]
    assert [sorted(line.split()) for line in found[3:]] == [sorted(e.split()) for e in expected]
    assert not [d for d in decode(data).defects if "unknown" not in d.message]


def test_renumbering() -> None:
    """Processors and memory move together; a swap is one edit."""
    data = edit(build(TABLE), Edits(renumber={0: 1, 1: 300}))
    assert lines(data)[0] == "apic 1 0"
    assert lines(data)[1].startswith("apic 300 1 ")
    assert lines(data)[3:] == ["mem 1 0+2G", "mem 300 4G+4G flags=17 reserved3=5"]


def test_distances_are_permuted() -> None:
    """Rows and columns of the SLIT follow."""
    data = assemble(parse_spec("[slit]\nmatrix = '''\n10 21 31\n22 10 41\n32 42 10\n'''"))[0].data
    moved = edit(data, Edits(renumber={0: 2, 2: 0}))
    assert list(moved[44:]) == [10, 42, 32, 41, 10, 22, 31, 21, 10]


def test_hmat_is_renumbered() -> None:
    """Initiators, targets and memory domains follow."""
    text = "[hmat]\nentries = '''\nmemory 1 0\nlocality read-latency 0 0,1 5,9\ncache 1 1G\n'''"
    moved = edit(assemble(parse_spec(text))[0].data, Edits(renumber={0: 1, 1: 0}))
    assert lines(moved) == ["memory 0 1", "locality read-latency 1 1,0 5,9", "cache 0 1G"]


@pytest.mark.parametrize(
    ("entries", "edits", "message"),
    [
        (TABLE, Edits(), "changes nothing"),
        (TABLE, Edits(set_hotplug=(9,)), "no memory entry is of this proximity domain, got 9"),
        (TABLE, Edits(clear_hotplug=(0, 9)), "got 9, expected one of 0-1"),
        (TABLE, Edits(set_hotplug=(0, Span(1 << 40, 1 << 41))), "got 0x10000000000-0x1ffffffffff"),
        (TABLE, Edits(drop=(Span(3 << 30, 4 << 30),)), "no memory entry has an address"),
        (TABLE, Edits(drop=(99,)), "no such entry"),
        (TABLE, Edits(set_hotplug=(0,), renumber={9: 3}), "no entry is of this proximity domain"),
    ],
)
def test_edits_that_do_not_fit(entries: str, edits: Edits, message: str) -> None:
    """An edit that has no effect is an error, not a copy, also as one of several."""
    with pytest.raises(SpecError, match=message):
        edit(build(entries), edits)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("3", 3), ("4G+1G", Span(4 << 30, 5 << 30)), ("4G..5G", Span(4 << 30, 5 << 30))],
)
def test_targets(text: str, expected: int | Span) -> None:
    """A target is a number or a range."""
    assert read_target(text) == expected


@pytest.mark.parametrize("text", ["", "x", "4G"])
def test_bad_targets(text: str) -> None:
    """For anything else the error states what was expected."""
    with pytest.raises(SpecError, match="expected"):
        read_target(text)
    with pytest.raises(SpecError, match="expected"):
        read_renumber(text)


REVISION_1 = """[srat]
revision = 1
entries = '''
apic 0x101 0
mem 0x101 0+2G
x2apic 0x101 1
'''
"""


def test_domains_of_revision_1_have_eight_bits() -> None:
    """The reserved bytes of an entry are no part of what an edit names; type 2 has 32 bits."""
    data = assemble(parse_spec(REVISION_1))[0].data
    hot = edit(data, Edits(set_hotplug=(1,)))
    assert lines(hot) == ["apic 257 0", "mem 257 0+2G hotplug", "x2apic 257 1"]
    other = edit(data, Edits(renumber={1: 7, 257: 300}))
    assert lines(other) == ["apic 7 0", "mem 7 0+2G", "x2apic 300 1"]
    with pytest.raises(SpecError, match="eight bits in a table of revision 1, got 300"):
        edit(data, Edits(renumber={1: 300}))
    with pytest.raises(SpecError, match="no memory entry is of this proximity domain"):
        edit(data, Edits(set_hotplug=(257,)))


@needs_corpus
@pytest.mark.corpus
@given(st.data())
@settings(max_examples=100, derandomize=True, deadline=None)
def test_edits_of_real_tables_can_be_taken_back(draw: st.DataObject) -> None:
    """Setting and clearing hotplug on a domain that had none gives the mended table again."""
    data = draw.draw(st.sampled_from([p.read_bytes() for p in corpus_tables() if p.stem == "SRAT"]))
    table = decode(data).table
    assert isinstance(table, Srat)
    plain = {
        table.proximity_domain(entry)
        for entry in table.memory
        if not entry.hot_pluggable and entry.length == 40
    }
    marked = {table.proximity_domain(e) for e in table.memory if e.hot_pluggable}
    if domains := sorted(plain - marked):
        domain = draw.draw(st.sampled_from(domains))
        there = edit(data, Edits(set_hotplug=(domain,)))
        assert edit(there, Edits(clear_hotplug=(domain,))) == mended(data)
