import pytest

from srat_tool.base.span import Span
from srat_tool.base.units import GIB
from srat_tool.kernel.events import DistanceTable
from srat_tool.kernel.memblock import MemblockFlags
from srat_tool.kernel.numa_init import AcpiTables, numa_init
from srat_tool.kernel.printk import log_lines
from srat_tool.tables.srat import Srat
from tests.machines import boot, cpu, mem, srat

TWO = srat(cpu(0, 0), cpu(1, 2), mem(0, 0, 2 * GIB), mem(1, 4 * GIB, 6 * GIB, hot=True))


def test_node_data_stays_off_hot_memory_with_movable_node() -> None:
    """It goes to the next lower free place of another node, and the kernel prints that."""
    one = boot("movable_node")
    numa_init(one, AcpiTables(srat=TWO))
    assert log_lines(one.events, one.profile)[-3:] == (
        "NODE_DATA(0) allocated [mem 0x7fea9000-0x7fed3fff]",
        "NODE_DATA(1) allocated [mem 0x7fe7e000-0x7fea8fff]",
        "    NODE_DATA(1) on node 0",
    )


def test_a_fallback_wipes_everything() -> None:
    """One node, no hotplug mark, and the domains stay mapped."""
    one = boot("movable_node")
    overlap = srat(mem(0, 0, 5 * GIB), mem(1, 4 * GIB, 6 * GIB, hot=True))
    result = numa_init(one, AcpiTables(srat=overlap))
    assert result.used == "dummy"
    assert result.rejected == "node 0 overlaps with node 1"
    assert {region.nid for region in one.memblock.memory} == {0}
    assert all(region.flags == MemblockFlags.NONE for region in one.memblock.memory)
    assert log_lines(one.events, one.profile)[-3:-1] == (
        "No NUMA configuration found",
        "Faking a node at [mem 0x0000000000000000-0x000000017fffffff]",
    )


def test_numa_off_does_not_even_look() -> None:
    """And is not a rejection."""
    one = boot("numa=off")
    result = numa_init(one, AcpiTables(srat=TWO))
    assert (result.used, result.rejected) == ("off", "numa=off")
    assert log_lines(one.events, one.profile)[0] == "NUMA turned off"


def test_noacpi_and_no_table_and_acpi_off() -> None:
    """Each gives the faked node."""
    for cmdline, tables in (
        ("numa=noacpi", AcpiTables(srat=TWO)),
        ("", AcpiTables()),
        ("acpi=off", AcpiTables(srat=TWO)),
    ):
        result = numa_init(boot(cmdline), tables)
        assert result.used == "dummy"
        assert result.rejected == (None if tables.srat is None else cmdline)


def test_processors_alone_are_no_numa() -> None:
    """Without a memory entry the table is of no use."""
    result = numa_init(boot(), AcpiTables(srat=srat(cpu(0, 0))))
    assert result.rejected == "no memory entry is enabled"


@pytest.mark.parametrize(("partial", "nodes"), [(True, 4), (False, 2)])
def test_empty_nodes_of_a_log(partial: bool, nodes: int) -> None:
    """They count for the distance table where the log is in for the SRAT; else the CEDT has them.

    Linux: acpi_numa_init reads SRAT, SLIT and CEDT in this order. Seen with 6.1 to 6.16.
    """
    one = boot()
    told = AcpiTables(srat=TWO, unread_slit=True, memoryless=(3,), srat_is_partial=partial)
    result = numa_init(one, told)
    assert DistanceTable(nodes) in one.events
    assert 3 in result.info.parsed


def test_arm64_before_6_12_sets_nodes_entry_by_entry() -> None:
    """The last entry wins, and RAM that no entry names costs the whole table."""
    one = boot(kernel="6.1", machine="aarch64", reserved=())
    result = numa_init(one, AcpiTables(srat=srat(mem(0, 0, 6 * GIB), mem(1, 4 * GIB, 6 * GIB))))
    assert result.used == "srat"
    assert [region.nid for region in one.memblock.memory] == [0, 0, 1]
    one = boot(kernel="6.1", machine="aarch64", reserved=())
    result = numa_init(one, AcpiTables(srat=srat(mem(0, 0, 2 * GIB))))
    assert result.used == "dummy"
    assert log_lines(one.events, one.profile)[1] == (
        "NUMA: Warning: invalid memblk node 16 [mem 0x0000000100000000-0x000000017fffffff]"
    )


def test_3_10_prints_node_data_its_own_way() -> None:
    """A line of its own, below the setup line."""
    one = boot(kernel="3.10", ram=(Span(0x1000, 2 * GIB),), reserved=())
    numa_init(one, AcpiTables(srat=srat(mem(0, 0, 2 * GIB))))
    lines = log_lines(one.events, one.profile)
    assert lines[1] == "Initmem setup node 0 [mem 0x00000000-0x7fffffff]"
    assert lines[2].startswith("  NODE_DATA [mem 0x7ff")


def test_a_slit_that_nobody_read_is_taken_to_be_valid() -> None:
    """A log shows that there is one, not what it contains."""
    one = boot()
    numa_init(one, AcpiTables(srat=TWO, unread_slit=True))
    assert "NUMA: Initialized distance table, cnt=2" in log_lines(one.events, one.profile)


def test_a_log_that_says_not_used_is_believed() -> None:
    """The reason for that line is not in the log."""
    assert numa_init(boot(), AcpiTables(srat=TWO, log_says_not_used=True)).used == "dummy"


@pytest.mark.parametrize(
    ("kernel", "marked"), [("5.10", True), ("6.1", True), ("6.12", False), ("7.2", False)]
)
def test_arm64_kept_the_marks_of_a_rejected_srat(kernel: str, *, marked: bool) -> None:
    """Its own driver wiped nothing, so `movable_node` worked on the faked node; seen by booting."""
    one = boot("movable_node", kernel=kernel, machine="aarch64", reserved=())
    result = numa_init(one, AcpiTables(srat=srat(mem(0, 4 * GIB, 6 * GIB, hot=True))))
    assert result.used == "dummy"
    flags = {region.base: region.flags for region in one.memblock.memory}
    assert bool(flags[4 * GIB] & MemblockFlags.HOTPLUG) is marked


def test_arm64_names_memoryless_nodes_when_they_are_set_up() -> None:
    """All nodes are online from then on, those without RAM as well; seen on 5.10 to 7.2."""
    table = srat(mem(0, 0, 6 * GIB), mem(1, 1 << 40, 1 << 41))
    for kernel, lines in (
        (
            "6.1",
            (
                "NUMA: NODE_DATA [mem 0x17fffc380-0x17fffefff]",
                "NUMA: Initmem setup node 1 [<memory-less node>]",
                "NUMA: NODE_DATA [mem 0x17fff9700-0x17fffc37f]",
                "NUMA: NODE_DATA(1) on node 0",
            ),
        ),
        (
            "6.12",
            (
                "NODE_DATA(0) allocated [mem 0x17fffc8c0-0x17fffffff]",
                "NUMA: Initmem setup node 1 [<memory-less node>]",
                "NODE_DATA(1) allocated [mem 0x17fff9180-0x17fffc8bf]",
                "    NODE_DATA(1) on node 0",
            ),
        ),
    ):
        one = boot(kernel=kernel, machine="aarch64", reserved=())
        assert numa_init(one, AcpiTables(srat=table)).info.online == {0, 1}
        assert log_lines(one.events, one.profile)[-4:] == lines


def _hashes(table: Srat | None, kernel: str) -> list[str]:
    one = boot("", kernel=kernel)
    numa_init(one, AcpiTables(srat=table))
    return [line for line in log_lines(one.events, one.profile) if "hash shift" in line]


def test_2_6_hashes_nodes_or_ranges() -> None:
    """The ranges of one node begin at 1 MiB; a faked node is put into the table without a word."""
    low = srat(mem(0, 0, 640 << 10), mem(0, 1 << 20, 6 * GIB))
    assert _hashes(low, "2.6.32") == ["NUMA: Using 20 for the hash shift."]
    assert _hashes(low, "2.6.25") == ["NUMA: Using 63 for the hash shift."]
    assert _hashes(None, "2.6.32") == []


@pytest.mark.parametrize(
    ("kernel", "said"),
    [
        ("5.10", ("ACPI: NUMA: Failed to initialise from firmware",)),
        ("6.1", ("NUMA: Failed to initialise from firmware",)),
        ("6.12", ()),
    ],
)
def test_arm64_told_that_it_found_no_memory(kernel: str, said: tuple[str, ...]) -> None:
    """Without a SRAT, and with one that names no RAM; a rejected one is no failure."""
    for tables in (AcpiTables(), AcpiTables(srat=srat())):
        one = boot(kernel=kernel, machine="aarch64")
        assert numa_init(one, tables).used == "dummy"
        assert log_lines(one.events, one.profile)[: len(said) + 1] == (
            *said,
            "NUMA: Faking a node at [mem 0x0000000000001000-0x000000017fffffff]",
        )
    one = boot(kernel=kernel, machine="aarch64")
    numa_init(one, AcpiTables(srat=srat(mem(0, 0, 2 * GIB))))
    assert not any("Failed" in line for line in log_lines(one.events, one.profile))


def test_arm64_takes_its_distance_table_anew_for_the_faked_node() -> None:
    """With `movable_node` the marks of the rejected SRAT push it elsewhere; seen on 6.1."""
    one = boot("movable_node", kernel="6.1", machine="aarch64", reserved=())
    one.memblock.bottom_up = False
    numa_init(one, AcpiTables(srat=srat(mem(0, 4 * GIB, 6 * GIB, hot=True))))
    places = [region.span for region in one.memblock.reserved]
    assert places == [Span(0x7FFDB380, 0x7FFDE000), Span(0x7FFDE000, 0x7FFDE100)] or places == [
        Span(0x7FFDB380, 0x7FFDE100)
    ]


def test_without_numa_nobody_reads_the_tables() -> None:
    """All RAM belongs to node 0, and no line is printed about it."""
    one = boot("numa=fake=2", kernel="5.15.0.1-microsoft-standard-WSL2")
    result = numa_init(one, AcpiTables(srat=TWO))
    assert (result.used, result.rejected) == ("off", "CONFIG_NUMA is not built in")
    assert {region.nid for region in one.memblock.memory} == {0}
    assert result.info.possible == {0}
    assert log_lines(one.events, one.profile) == ()


def test_ranges_without_ram_outlive_the_tables() -> None:
    """A configuration that is thrown away leaves them in `numa_reserved_meminfo`."""
    one = boot()
    holes = srat(mem(0, 0, 5 * GIB), mem(1, 4 * GIB, 6 * GIB), mem(2, 32 * GIB, 33 * GIB, hot=True))
    result = numa_init(one, AcpiTables(srat=holes))
    assert result.used == "dummy"
    assert [(block.start, block.nid) for block in result.info.reserved] == [(32 * GIB, 2)]


@pytest.mark.parametrize(("kernel", "hot"), [("3.14", False), ("3.18", True), ("6.1", True)])
def test_up_to_3_17_node_data_makes_a_node_a_kernel_node(kernel: str, *, hot: bool) -> None:
    """A node that is hot-pluggable in part has its NODE_DATA in its other part."""
    one = boot("movable_node", kernel=kernel)
    table = srat(mem(0, 0, 2 * GIB), mem(1, 4 * GIB, 5 * GIB), mem(1, 5 * GIB, 6 * GIB, hot=True))
    numa_init(one, AcpiTables(srat=table))
    last = one.memblock.memory[-1]
    assert bool(last.flags & MemblockFlags.HOTPLUG) == hot


@pytest.mark.parametrize(("kernel", "used"), [("6.7", "dummy"), ("6.8", "srat"), ("6.10", "dummy")])
def test_6_8_accepts_a_table_that_leaves_ram_out(kernel: str, used: str) -> None:
    """2 GiB of RAM have no node then, and the kernel does not reject the table."""
    one = boot(kernel=kernel)
    result = numa_init(one, AcpiTables(srat=srat(mem(0, 0, 2 * GIB))))
    assert result.used == used
