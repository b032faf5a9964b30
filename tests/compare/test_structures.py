"""Pairing and field changes, whatever the structure means."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from srat_tool.compare.change import ChangeKind
from srat_tool.compare.structures import compare_structures, content, name, paired, show
from tests.compare.samples import memory

ENTRIES = st.lists(st.builds(memory, st.integers(0, 3), st.integers(0, 3), st.integers(0, 2)))


@settings(max_examples=60, derandomize=True, deadline=None)
@given(ENTRIES, ENTRIES)
def test_every_entry_is_paired_removed_or_added(before: list, after: list) -> None:  # type: ignore[type-arg]
    """Nothing is counted twice and nothing is lost."""
    before = [entry._replace(offset=n) for n, entry in enumerate(before)]
    after = [entry._replace(offset=n) for n, entry in enumerate(after)]
    found = paired(before, after, [content, lambda e: e.proximity_domain])
    assert sorted([a.offset for a, _ in found.pairs] + [e.offset for e in found.removed]) == list(
        range(len(before))
    )
    assert sorted([b.offset for _, b in found.pairs] + [e.offset for e in found.added]) == list(
        range(len(after))
    )


@settings(max_examples=40, derandomize=True, deadline=None)
@given(ENTRIES)
def test_equal_lists_do_not_differ(entries: list) -> None:  # type: ignore[type-arg]
    """Even with equal entries in them."""
    assert list(compare_structures("X", entries, list(entries))) == []


def test_fields_are_named_with_both_values() -> None:
    """Small numbers in decimal, large ones in hexadecimal."""
    old, new = memory(0, 0, 1), memory(2, 0, 1)._replace(reserved2=0xABC)
    changes = list(compare_structures("X", [old], [new]))
    assert [(c.kind, c.text) for c in changes] == [
        (ChangeKind.FIELD, "memory affinity: proximity_domain was 0, is 2"),
        (ChangeKind.FIELD, "memory affinity: reserved2 was 0, is 0xabc"),
    ]


def test_names_and_values() -> None:
    """A class name in words; bytes as hexadecimal digits, cut when long."""
    assert name(memory(0, 0, 1)) == "memory affinity"
    assert [show(b""), show(b"\x01\xff"), show((1, 2))] == ["empty", "01ff", "(1, 2)"]
    assert show(bytes(99)).endswith("...")
