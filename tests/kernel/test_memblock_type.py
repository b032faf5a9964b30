"""Lists of regions: inserted, split and merged as the kernel does it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from srat_tool.base.units import U64
from srat_tool.kernel.memblock_type import NONE, MemblockFlags, MemblockRegion, MemblockType

HOTPLUG = MemblockFlags.HOTPLUG


def _regions(type_: MemblockType) -> list[tuple[int, int, int | None, int]]:
    return [(r.base, r.end, r.nid, int(r.flags)) for r in type_]


def test_add_overlap_keeps_what_was_there() -> None:
    """Only the uncovered parts of an added range take its node and flags.

        before      |AAAA|      |BB|
        added     |------------------|
    Expect five regions, A and B as before.
    """
    memory = MemblockType("memory")
    memory.add_range(10, 10, 1, NONE)
    memory.add_range(40, 5, 2, HOTPLUG)
    memory.add_range(0, 60, 3, NONE)
    assert _regions(memory) == [
        (0, 10, 3, 0),
        (10, 20, 1, 0),
        (20, 40, 3, 0),
        (40, 45, 2, 1),
        (45, 60, 3, 0),
    ]


def test_neighbours_merge_when_alike() -> None:
    """Touching regions join exactly when node and flags are equal.

        |A| + |A| -> |AA|      |A| + |B| -> |A|B|
    Expect one region for the first pair, two for the others.
    """
    memory = MemblockType("memory")
    memory.add_range(0, 10, 0, NONE)
    memory.add_range(10, 10, 0, NONE)
    memory.add_range(20, 10, 1, NONE)
    memory.add_range(30, 10, 1, HOTPLUG)
    assert _regions(memory) == [(0, 20, 0, 0), (20, 30, 1, 0), (30, 40, 1, 1)]


def test_add_twice_changes_nothing() -> None:
    """Adding a covered range again inserts nothing, whatever its node."""
    memory = MemblockType("memory")
    memory.add_range(0, 100, 0, NONE)
    memory.add_range(10, 20, 5, HOTPLUG)
    assert _regions(memory) == [(0, 100, 0, 0)]


def test_add_near_max_is_capped() -> None:
    """A range that would wrap ends at the last address."""
    memory = MemblockType("memory")
    memory.add_range(U64 - 10, 100, None, NONE)
    assert memory[0] == MemblockRegion(U64 - 10, 10)


def test_set_node_splits_and_setting_it_back_rejoins() -> None:
    """A split that a second call makes pointless is merged again."""
    memory = MemblockType("memory")
    memory.add_range(0, 100, 0, NONE)
    memory.set_node(20, 10, 1)
    assert _regions(memory) == [(0, 20, 0, 0), (20, 30, 1, 0), (30, 100, 0, 0)]
    memory.set_node(20, 10, 0)
    assert _regions(memory) == [(0, 100, 0, 0)]


def test_renumber_leaves_equal_neighbours_apart_until_the_next_merge() -> None:
    """A node changed in place does not merge; the next inserted range merges the whole list."""
    reserved = MemblockType("reserved")
    reserved.add_range(0, 10, 0, NONE)
    reserved.add_range(10, 10, 1, NONE)
    reserved.renumber(1, 0)
    assert len(reserved) == 2
    reserved.add_range(5, 1, None, NONE)
    assert len(reserved) == 2
    reserved.add_range(100, 10, None, NONE)
    assert _regions(reserved) == [(0, 20, 0, 0), (100, 110, None, 0)]


_STEP = st.tuples(
    st.sampled_from(["add", "remove", "node", "set", "clear"]),
    st.integers(0, 40),
    st.integers(0, 20),
    st.sampled_from([None, 0, 1]),
)


def _apply(memory: MemblockType, kind: str, base: int, size: int, nid: int | None) -> None:
    match kind:
        case "add":
            memory.add_range(base, size, nid, NONE)
        case "remove":
            memory.remove_range(base, size)
        case "node":
            memory.set_node(base, size, nid)
        case _:
            memory.setclr_flag(base, size, set_=kind == "set", flag=HOTPLUG)


_Cell = tuple[int | None, int]


def _cell_after(cell: _Cell | None, kind: str, nid: int | None) -> _Cell | None:
    if cell is None:
        return (nid, 0) if kind == "add" else None
    after = {"remove": None, "node": (nid, cell[1]), "set": (cell[0], 1), "clear": (cell[0], 0)}
    return after.get(kind, cell)


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.lists(_STEP, max_size=25))
def test_against_one_cell_per_byte(steps: list[tuple[str, int, int, int | None]]) -> None:
    """After any sequence the list equals one cell per byte, sorted and merged."""
    cells: dict[int, _Cell | None] = {}
    memory = MemblockType("memory")
    for kind, base, size, nid in steps:
        _apply(memory, kind, base, size, nid)
        for at in range(base, base + size):
            cells[at] = _cell_after(cells.get(at), kind, nid)
    seen = {c: (r.nid, int(r.flags)) for r in memory for c in range(r.base, r.end)}
    assert seen == {at: cell for at, cell in cells.items() if cell is not None}
    for left, right in zip(memory, list(memory)[1:], strict=False):
        assert left.end <= right.base
        assert left.end < right.base or left[2:] != right[2:]
