import typing

from srat_tool.base.architecture import AARCH64, LOONGARCH64
from srat_tool.base.span import Span
from srat_tool.kernel import events as ev
from srat_tool.kernel import printk_old
from srat_tool.kernel import table_events as tev
from srat_tool.kernel.printk import PRINTERS, lines_of
from srat_tool.kernel.profiles import profile_for

SILENT = {
    tev.UidMapped,
    tev.InitiatorMapped,
    tev.WalkBlocked,
    ev.WindowNode,
    ev.WindowJoined,
    ev.BlockAbsent,
    ev.BlockClamped,
    ev.KernelNode,
    ev.HotplugCleared,
}


def test_every_event_is_printed_or_known_to_be_silent() -> None:
    """An event cannot be added without the line that the kernel prints for it."""
    events = set(typing.get_args(ev.BootEvent))
    assert events == set(PRINTERS) | set(printk_old.PRINTERS) | SILENT
    assert not SILENT & set(PRINTERS)


def test_widths_follow_the_release() -> None:
    """Zone lines have eight digits in 3.x and sixteen later."""
    ranges = ev.ZoneRanges(
        (ev.ZoneRange("DMA", Span(0x1000, 0x1000000)), ev.ZoneRange("Normal", Span(1, 1)))
    )
    assert lines_of(ranges, profile_for("3.10")) == (
        "Zone ranges:",
        "  DMA      [mem 0x00001000-0x00ffffff]",
        "  Normal   empty",
    )
    assert lines_of(ranges, profile_for("6.1"))[1:] == (
        "  DMA      [mem 0x0000000000001000-0x0000000000ffffff]",
        "  Normal   empty",
        "  Device   empty",
    )


def test_a_range_without_a_node() -> None:
    """NUMA_NO_NODE was the number of nodes, and is -1 today."""
    lost = ev.NodeRanges((ev.NodeRange(None, Span(0, 0x1000)),))
    assert "  node 1024: [mem" in lines_of(lost, profile_for("6.1"))[1]
    assert "  node  -1: [mem" in lines_of(lost, profile_for("6.12"))[1]


def test_memoryless_nodes() -> None:
    """Every era has its own way."""
    empty = ev.NodeInitialized(2, Span(0, 0))
    assert lines_of(empty, profile_for("5.10")) == ()
    assert len(lines_of(empty, profile_for("6.1"))) == 2
    assert lines_of(empty, profile_for("7.2")) == ("Initmem setup node 2 as memoryless",)
    assert lines_of(ev.CpuNodeOnline(2), profile_for("5.10")) == (
        "Initmem setup node 2 [mem 0x0000000000000000-0x0000000000000000]",
    )


def test_the_small_messages() -> None:
    """Word for word."""
    new = profile_for("6.12")
    assert lines_of(ev.MirrorIgnored(), new) == (
        "The system has no mirror memory, ignore kernelcore=mirror.",
    )
    assert lines_of(ev.NoMirroredRoom(0x2000000), new) == (
        "Could not allocate 0x0000000002000000 bytes of mirrored memory",
    )
    assert lines_of(tev.TooManyProximityDomains(5, "uid", None), new) == (
        "ACPI: NUMA: SRAT: Too many proximity domains 5",
    )
    assert lines_of(ev.NumaOff(by_option=True), profile_for("6.1", AARCH64)) == (
        "NUMA: NUMA disabled",
    )
    assert lines_of(
        ev.NodeSetUp(0, Span(0, 1), Span(0, 0x1000), None), profile_for("6.1", AARCH64)
    ) == (
        "NUMA: NODE_DATA [mem 0x00000000-0x00000fff]",
        "NUMA: NODE_DATA(0) on node 16",
    )


def test_loongarch64_reports_the_address_space_of_a_node() -> None:
    """Then its frames, in pages of 16 KiB, and NODE_DATA as everywhere."""
    event = ev.NodeSetUp(1, Span(4 << 30, 5 << 30), Span(0x1000, 0x2000), 1)
    assert lines_of(event, profile_for("7.2", LOONGARCH64)) == (
        "Node1's addrspace_offset is 0x100000000000",
        "Node1: start_pfn=0x40000, end_pfn=0x50000",
        "NODE_DATA(1) allocated [mem 0x00001000-0x00001fff]",
    )
