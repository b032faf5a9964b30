import pytest

from srat_tool.kernel.distance import Distances, acpi_numa_slit_init, slit_valid
from srat_tool.kernel.printk import log_lines
from srat_tool.tables.header import Header
from srat_tool.tables.slit import Slit
from tests.machines import boot


def slit(*rows: list[int], localities: int | None = None) -> Slit:
    entries = bytes(value for row in rows for value in row)
    count = len(rows) if localities is None else localities
    header = Header(b"SLIT", 44 + len(entries), 1, 0, b"", b"", 0, b"", 0)
    return Slit(header=header, localities=count, entries=entries, tail=b"", size=44 + len(entries))


@pytest.mark.parametrize(
    ("table", "valid"),
    [
        (slit([10, 21], [21, 10]), True),
        (slit([10, 30], [20, 10]), True),
        (slit([10, 255], [254, 10]), True),
        (slit([10, 10], [10, 10]), False),
        (slit([11, 21], [21, 10]), False),
        (slit([10, 9], [21, 10]), False),
        (slit([10, 21], localities=2), False),
        (slit(localities=0), True),
    ],
)
def test_validity(table: Slit, valid: bool) -> None:
    """Ten on the diagonal and more everywhere else; nothing more is asked."""
    assert slit_valid(table) is valid


def test_rows_without_a_node_are_skipped() -> None:
    """The table has as many rows as there are nodes, by node number."""
    one, distances = boot(), Distances()
    table = slit([10, 12, 13], [21, 10, 23], [31, 32, 10])
    acpi_numa_slit_init(one, distances, table, {0: 1, 2: 0}, {0, 1})
    assert distances.node_distance(1, 0) == 13
    assert distances.node_distance(0, 1) == 31
    assert distances.node_distance(5, 1) == 20
    assert distances.node_distance(5, 5) == 10
    assert log_lines(one.events, one.profile) == ("NUMA: Initialized distance table, cnt=2",)


def test_an_invalid_table_is_left_alone() -> None:
    """Distances are 10 and 20 then."""
    one, distances = boot(), Distances()
    acpi_numa_slit_init(one, distances, slit([10, 10], [10, 10]), {0: 0, 1: 1}, {0, 1})
    assert not distances.exists
    assert distances.node_distance(0, 1) == 20
    assert log_lines(one.events, one.profile) == ("ACPI: SLIT table looks invalid. Not used.",)


def test_a_node_beyond_the_table_is_left_out() -> None:
    """The table is as large as the nodes known when it was made."""
    one, distances = boot(), Distances()
    acpi_numa_slit_init(one, distances, slit([10, 30], [30, 10]), {0: 0, 1: 5}, {0})
    assert distances.node_distance(0, 5) == 20


def test_no_room_for_the_table() -> None:
    """Hot-pluggable memory is not allocated under movable_node; seen by booting 6.1."""
    one, distances = boot(), Distances()
    one.memblock.movable_node = True
    one.memblock.mark_hotplug(0, 1 << 52)
    acpi_numa_slit_init(one, distances, slit([10, 30], [30, 10]), {0: 0, 1: 1}, {0, 1})
    assert distances.node_distance(0, 1) == 20
    assert log_lines(one.events, one.profile) == ("Warning: can't allocate distance table!",)


def test_arm64_made_its_table_before_it_knew_a_node() -> None:
    """For all nodes there can be, without a word; seen on 5.10 and 6.1."""
    one, distances = boot(kernel="6.1", machine="aarch64"), Distances()
    before = one.memblock.reserved.total_size
    distances.make_room(one)
    taken = one.memblock.reserved.total_size
    acpi_numa_slit_init(one, distances, slit([10, 30], [30, 10]), {0: 0, 1: 5}, {0})
    assert distances.node_distance(0, 5) == 30
    assert taken == before + 16 * 16
    assert one.memblock.reserved.total_size == taken
    assert log_lines(one.events, one.profile) == ()
    distances.free(one)
    assert one.memblock.reserved.total_size == before


@pytest.mark.parametrize("nids", [(), (0,), (0, 1), (1, 0, 2), (0, 5), (7, 9)])
def test_distances_of_pairs_are_those_of_each(nids: tuple[int, ...]) -> None:
    """With a table, without one, and for nodes that are not in it."""
    one, known, none = boot(), Distances(), Distances()
    table = slit([10, 12, 13], [21, 10, 23], [31, 32, 10])
    acpi_numa_slit_init(one, known, table, {0: 0, 1: 1, 2: 2}, {0, 1, 2})
    for distances in (known, none):
        each = tuple(tuple(distances.node_distance(a, b) for b in nids) for a in nids)
        assert distances.among(nids) == each


@pytest.mark.parametrize("nodes", [(0, 1, 2), (2, 1, 0), (0, 2), (1, 2, 3), (7, 8)])
def test_a_row_at_once_is_its_distances_one_by_one(nodes: tuple[int, ...]) -> None:
    """Nodes in any order, past the table, a far self, more than a byte."""
    for row in ((10, 20, 30), (20, 10, 30), (10, 300, 20), (10, -1, 20), (11, 21, 10)):
        for origin in (0, 1, 7):
            one, other = Distances(), Distances()
            one.create(boot(), range(3))
            other.create(boot(), range(3))
            values = row[: len(nodes)]
            one.set_row(origin, nodes, values)
            for target, distance in zip(nodes, values, strict=True):
                other.set(origin, target, distance)
            assert one.among(range(3)) == other.among(range(3))


def test_several_distances_at_once() -> None:
    """They are those of `node_distance`, for nodes beyond the table too."""
    one, distances = boot(), Distances()
    acpi_numa_slit_init(one, distances, slit([10, 12], [21, 10]), {0: 0, 1: 1}, {0, 1})
    for nids in ((), (1, 0), (0, 1, 5)):
        for origin in (0, 1, 5):
            alone = [distances.node_distance(origin, nid) for nid in nids]
            assert distances.distances_from(origin, nids) == alone
