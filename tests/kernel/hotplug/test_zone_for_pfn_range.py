"""Which zone memory gets."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from srat_tool.base.units import GIB, MIB
from tests.hotplug import after, answers

AUTO = "memory_hotplug.online_policy=auto-movable"
STATES = ("online", "online_kernel", "online_movable")


def test_a_device_is_movable_whole_or_not_at_all() -> None:
    """3.01 times the kernel memory of the boot, for all nodes and for its own."""
    first, second, third = answers(
        "dimm:8G+2G,pxm=1", "dimm:10G+2G,pxm=1", "dimm:12G+1G,pxm=1", cmdline=AUTO
    )
    assert [answer.blocks[0].zone for answer in (first, second, third)] == [
        "Movable",
        "Normal",
        "Movable",
    ]


def test_a_node_without_kernel_memory_never_gets_movable() -> None:
    """Unless nodes are not looked at alone."""
    (aware,) = answers("dimm:12G+1G,pxm=2", cmdline=AUTO)
    unaware = f"{AUTO} memory_hotplug.auto_movable_numa_aware=0"
    (whole,) = answers("dimm:12G+1G,pxm=2", cmdline=unaware)
    assert (aware.blocks[0].zone, whole.blocks[0].zone) == ("Normal", "Movable")


@settings(max_examples=40, deadline=None)
@given(
    steps=st.lists(st.tuples(st.sampled_from(STATES), st.integers(0, 15)), max_size=6),
    movable_node=st.booleans(),
    how=st.sampled_from(STATES),
)
def test_many_blocks_at_once_get_what_they_would_get_one_by_one(
    steps: list[tuple[str, int]], movable_node: bool, how: str
) -> None:
    """Runs are a shortcut, and no other answer."""
    words = "memhp_default_state=offline" + " movable_node" * movable_node
    setup = ["dimm:8G+2G,pxm=1"]
    block = 128 * MIB
    setup += [f"{state}:{8 * GIB + at * block}+{block}" for state, at in steps]
    whole = after(*setup, f"{how}:8G+2G", cmdline=words)
    single = after(
        *setup, *(f"{how}:{8 * GIB + at * block}+{block}" for at in range(16)), cmdline=words
    )

    def zones(state: object) -> dict[int, str | None]:
        return {
            at: run.zone
            for run in state.blocks  # type: ignore[attr-defined]
            for at in range(run.span.start // block, run.span.end // block)
        }

    assert zones(whole) == zones(single)
