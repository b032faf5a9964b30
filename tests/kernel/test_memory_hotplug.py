import pytest

from srat_tool.base.span import Pfn, PfnSpan, Span
from srat_tool.base.units import GIB, MIB
from srat_tool.kernel.memory_hotplug import OnlineState, online_zone, probe_memory_block_size
from srat_tool.kernel.zones import Zone
from tests.machines import boot


@pytest.mark.parametrize(("kernel", "end", "virtual", "windows", "size"), [
    ("6.1", 6 * GIB, True, (), 128 * MIB),
    ("6.1", 137 * GIB // 2, True, (), 512 * MIB),
    ("6.1", 273 * GIB // 4, True, (), 256 * MIB),
    ("6.1", 68 * GIB + MIB, False, (), 2 * GIB),
    ("4.19", 68 * GIB + MIB, False, (), 128 * MIB),
    ("7.2", 64 * GIB, True, (Span(128 * GIB, 128 * GIB + 768 * MIB),), 256 * MIB),
    ("7.2", 68 * GIB, True, (Span(128 * GIB, 136 * GIB), Span(136 * GIB, 139 * GIB)), GIB),
    ("7.2", 6 * GIB, True, (Span(8 * GIB, 12 * GIB),), 128 * MIB),
])  # fmt: skip
def test_block_sizes(
    kernel: str, end: int, virtual: bool, windows: tuple[Span, ...], size: int
) -> None:
    """Small machines 128 MiB; large ones as RAM's end and CXL windows are aligned."""
    one = boot(kernel=kernel, ram=(Span(0x1000, end),))
    assert probe_memory_block_size(one, virtual=virtual, windows=windows) == size


AUTO = "memory_hotplug.online_policy=auto-movable"
PAGES = PfnSpan(Pfn(0x400000), Pfn(0x440000))


@pytest.mark.parametrize(("cmdline", "zones", "expected"), [
    ("", [], "Normal"),
    ("movable_node", [], "Movable"),
    ("movable_node", [Zone(1, "Normal", 0x300000, 0x200000, 1)], "Normal"),
    ("", [Zone(1, "Movable", 0x300000, 0x200000, 1)], "Movable"),
    ("", [Zone(0, "Normal", 0x300000, 0x200000, 1)], "Normal"),
    ("movable_node memory_hotplug.online_policy=auto-movable", [], "Normal"),
    (AUTO, [Zone(1, "Normal", 0, 0x100000, 0x100000)], "Movable"),
    (AUTO, [Zone(1, "Normal", 0, 0x100, 0x100)], "Normal"),
])  # fmt: skip
def test_online_zone(cmdline: str, zones: list[Zone], expected: str) -> None:
    """A zone that contains the range, else what movable_node or the ratio selects."""
    assert online_zone(OnlineState(boot(cmdline), zones), 1, PAGES) == expected
