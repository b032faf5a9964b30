import pytest

from srat_tool.base.span import Pfn, PfnSpan
from srat_tool.kernel.movable import policy_of
from srat_tool.kernel.movable.sized import SIZED
from srat_tool.kernel.zone_policy import Limits, NodeMemory
from tests.machines import boot

LIMITS = Limits(
    ("DMA", "DMA32", "Normal"),
    (
        PfnSpan(Pfn(1), Pfn(0x1000)),
        PfnSpan(Pfn(0x1000), Pfn(0x100000)),
        PfnSpan(Pfn(0x100000), Pfn(0x380000)),
    ),
    2,
)


def node(nid: int, *ranges: tuple[int, int]) -> NodeMemory:
    spans = tuple(PfnSpan(Pfn(a), Pfn(b)) for a, b in ranges)
    return NodeMemory(nid=nid, ranges=spans, mirrored=(False,) * len(spans))


FOUR = (
    node(0, (1, 0x9F), (0x100, 0x7FFDF), (0x100000, 0x180000)),
    node(1, (0x180000, 0x280000)),
    node(2, (0x280000, 0x340000)),
    node(3, (0x340000, 0x380000)),
)


@pytest.mark.parametrize(("cmdline", "starts"), [
    ("kernelcore=4G", [0x100021, 0x1C0021, 0x2C0021, 0x340020]),
    ("movablecore=1T", []),
])  # fmt: skip
def test_shares_go_round_until_nothing_is_left(cmdline: str, starts: list[int]) -> None:
    """Four unequal nodes: a worked example that was booted."""
    placed = SIZED.place(boot(cmdline, ram=()), LIMITS, FOUR)
    assert list(placed.starts.values()) == starts
    assert placed.rounds


def test_movablecore_is_rounded_up_and_kernelcore_is_not() -> None:
    """A single page asked for costs a whole 4 MiB."""
    one = (node(0, (0x100000, 0x180000)),)
    placed = SIZED.place(boot("movablecore=4K", ram=()), LIMITS, one)
    assert placed.starts == {0: 0x180000 - 1024}


def test_old_kernels_wrap_where_new_ones_clamp() -> None:
    """More movable memory than there is: all of it on 6.1, none of it on 3.10."""
    one = (node(0, (0x100000, 0x180000)),)
    assert SIZED.place(boot("movablecore=64G", ram=()), LIMITS, one).starts == {}
    old = SIZED.place(boot("movablecore=64G", kernel="3.10", ram=()), LIMITS, one)
    assert old.starts == {0: 0x180000}


def test_nothing_asked_nothing_given() -> None:
    """A size of zero is no policy."""
    assert policy_of(boot("kernelcore=0 movablecore=junk")) is None
    assert policy_of(boot("kernelcore=1%")) is SIZED


def test_ram_without_a_node_counts_in_the_total() -> None:
    """The kernel keeps what movablecore= leaves of all RAM; seen by booting 6.1."""
    one, without = boot("movablecore=8M", ram=()), boot("movablecore=8M", ram=())
    one.memblock.add(1 << 40, 4 << 20)
    nodes = (node(0, (0x100000, 0x180000)),)
    assert SIZED.place(without, LIMITS, nodes).starts == {0: 0x180000 - 2048}
    assert SIZED.place(one, LIMITS, nodes).starts == {0: 0x180000 - 1024}
