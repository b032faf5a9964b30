import pytest

from srat_tool.base.span import Span
from srat_tool.base.units import GIB, MIB
from srat_tool.kernel.numa_emulation import Ram
from srat_tool.kernel.numa_init import AcpiTables, numa_init
from srat_tool.kernel.printk import log_lines
from srat_tool.tables.header import Header
from srat_tool.tables.slit import Slit
from tests.machines import boot, cpu, mem, srat

TABLE = srat(cpu(0, 0), cpu(1, 1), mem(0, 0, 2 * GIB), mem(1, 4 * GIB, 6 * GIB))


@pytest.mark.parametrize(("kernel", "value", "borders"), [
    ("6.1", "4", [(0, GIB), (4 * GIB, 5 * GIB), (GIB, 2 * GIB), (5 * GIB, 6 * GIB)]),
    ("6.1", "1G", [(0, 2 * GIB), (4 * GIB, 5 * GIB), (5 * GIB, 6 * GIB)]),
    ("6.1", "2U", [(0, GIB), (GIB, 2 * GIB), (4 * GIB, 5 * GIB), (5 * GIB, 6 * GIB)]),
    ("6.1", "junk", [(0, 2 * GIB), (4 * GIB, 6 * GIB)]),
])  # fmt: skip
def test_borders(kernel: str, value: str, borders: list[tuple[int, int]]) -> None:
    """Node 0 is a few pages short of 2 GiB, so that 1 GiB fits into it once, and all goes there."""
    one = boot(f"numa=fake={value}", kernel=kernel)
    result = numa_init(one, AcpiTables(srat=TABLE))
    found = sorted((b.start, b.end) for b in result.info.blocks)
    slack = 64 * MIB
    assert len(found) == len(borders)
    for (start, end), wanted in zip(found, sorted(borders), strict=True):
        assert abs(start - wanted[0]) <= slack
        assert abs(end - wanted[1]) <= slack


def test_fake_nodes_have_the_distances_of_real_ones() -> None:
    """And those of one real node are 10 apart."""
    one = boot("numa=fake=2U")
    info = numa_init(one, AcpiTables(srat=TABLE)).info
    assert info.emulated == {0: 0, 1: 0, 2: 1, 3: 1}
    assert [info.distances.node_distance(0, nid) for nid in range(4)] == [10, 10, 20, 20]
    assert any(
        line.startswith("Faking node 0 at [mem 0x") for line in log_lines(one.events, one.profile)
    )


def test_distances_can_be_told() -> None:
    """Each number that a comma follows is used."""
    one = boot("numa=fake=2:10,30,40,10")
    info = numa_init(one, AcpiTables(srat=TABLE)).info
    assert info.distances.node_distance(0, 1) == 30
    assert info.distances.node_distance(1, 0) == 40


def test_holes_are_counted_without_a_walk() -> None:
    """Expect what counting page by page would give."""
    ram = Ram(boot(ram=(Span(0x1000, 0x3000), Span(0x8000, 0x9000)), reserved=()))
    assert ram.hole_size(0, 0x10000) == 0xD000
    assert ram.hole_size(0x2000, 0x8000) == 0x5000
    assert ram.hole_size(0x8000, 0x2000) == 0
    assert ram.reach(0, 0x3000) == 0x9000
    assert ram.reach(0x2000, 0x1000) == 0x3000
    assert ram.reach(0x2000, 0x3000) is None


THREE = srat(mem(0, 0, GIB), mem(1, GIB, 2 * GIB), mem(2, 4 * GIB, 6 * GIB))
MATRIX = bytes((10, 20, 30, 20, 10, 40, 30, 40, 10))


@pytest.mark.parametrize(("kernel", "dies"), [
    ("6.12.66", False), ("6.12.67", True), ("6.13", False), ("6.14", True), ("7.3", True),
])  # fmt: skip
def test_fewer_fake_nodes_than_nodes_without_slit(kernel: str, dies: bool) -> None:
    """The kernel reads a table of distances that it never made."""
    one = boot("numa=fake=2", kernel=kernel)
    info = numa_init(one, AcpiTables(srat=THREE)).info
    assert (one.died is not None) is dies
    assert info.adopted == ({2: 2} if dies else {})


def test_fewer_fake_nodes_than_nodes_with_a_slit() -> None:
    """The rest of the nodes stay, without memory, above the fake ones."""
    header = Header(b"SLIT", 53, 1, 0, b"", b"", 0, b"", 0)
    table = Slit(header=header, localities=3, entries=MATRIX, tail=b"", size=53)
    one = boot("numa=fake=2", kernel="7.3")
    info = numa_init(one, AcpiTables(srat=THREE, slit=table)).info
    assert one.died is None
    assert info.possible == {0, 1, 2}
    assert info.distances.size == 3


def test_numa_off_gives_no_fake_nodes_on_new_kernels() -> None:
    """`fix_pxm_node_maps` refuses; before it, the one faked node was split."""
    for kernel, nodes in (("6.13", {0, 1}), ("6.14", {0})):
        one = boot("numa=off numa=fake=2", kernel=kernel)
        assert numa_init(one, AcpiTables(srat=THREE)).info.possible == nodes


@pytest.mark.parametrize(("told", "distances"), [
    ("10,012,0x14,10,", (10, 10, 20, 10)),  # octal and hexadecimal
    ("10,30,1f", (10, 30, 10, 10)),  # what is no number ends the list
    ("10,30", (10, 10, 10, 10)),  # so does the end
    ("10,,50,", (10, 10, 10, 10)),
    ("10,-1,300," + "9" * 5000, (10, 20, 20, 10)),
])  # fmt: skip
def test_distances_are_read_as_numbers_of_c(told: str, distances: tuple[int, ...]) -> None:
    """As `get_option` does; a number that no comma follows is not used.

    What does not fit into a byte is refused where distances are set.
    """
    one = boot(f"numa=fake=2:{told}", kernel="6.1")
    found = numa_init(one, AcpiTables(srat=srat(mem(0, 0, 4 * GIB)))).info.distances
    assert tuple(found.node_distance(a, b) for a in (0, 1) for b in (0, 1)) == distances
