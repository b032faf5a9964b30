"""What rules know of a SLIT."""

from __future__ import annotations

from srat_tool.base.rawtable import Origin, RawTable
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.settings import Settings
from srat_tool.lint.slit_view import MAX_LISTED, SlitView
from tests.lint.lab import findings, machine


def _view(matrix: str, more: str = "") -> SlitView:
    view = machine(f"[slit]\n{more}\nmatrix = '''\n{matrix}\n'''").slit
    assert view is not None
    return view


def test_remote_cells_leave_out_the_diagonal() -> None:
    """Each ordered pair of different domains comes once."""
    view = _view("10 20\n30 10")
    assert list(view.remote(range(256))) == [(0, 1, 20), (1, 0, 30)]
    assert view.count_remote(range(256)) == 2
    assert list(view.local({10})) == [(0, 0, 10), (1, 1, 10)]


def test_directions_are_compared_row_by_row() -> None:
    """Only domains whose directions differ come, with both directions from the next domain on."""
    view = _view("10 20 30\n20 10 40\n31 40 10")
    assert list(view.differences()) == [(0, bytes([20, 30]), bytes([20, 31]))]


def test_cut_matrix_has_short_rows() -> None:
    """What is not there is not judged."""
    raw = RawTable(
        origin=Origin(path="SLIT"), data=_view("10 20 30\n21 10 30\n30 30 10").raw.data[:-4]
    )
    view = LintMachine([raw], Settings()).slit
    assert view is not None
    assert [len(view.row(domain)) for domain in range(3)] == [3, 2, 0]
    assert view.diagonal == bytes([10, 10])
    assert list(view.differences()) == [(0, bytes([20]), bytes([21]))]


def test_cells_beyond_the_list_are_counted() -> None:
    """A matrix that is wrong throughout does not make a finding of each distance."""
    size = 40
    matrix = "\n".join(" ".join(["10"] * size) for _ in range(size))
    found = findings(f"[slit]\nmatrix = '''\n{matrix}\n'''\n", "SLIT006")
    assert len(found) == MAX_LISTED + 1
    more = size * (size - 1) - MAX_LISTED
    assert [f.message for f in found if f.offset is None] == [
        f"{more} more places of the same kind are not listed"
    ]


def test_reserved_distance_is_one_finding() -> None:
    """That a value is reserved and that Linux refuses it has one cause."""
    (found,) = findings("[slit]\nmatrix = '''\n10 5\n20 10\n'''\n", "SLIT006", "SLIT007")
    assert (found.id, found.also) == ("SLIT006", ("SLIT007",))


def test_matrix_that_does_not_fit_has_no_rows() -> None:
    """With a wrong number of localities no byte is known to be a distance: one finding."""
    assert _view("10 20\n20 10", "localities = 3").matrix == b""
    found = findings("[slit]\nlocalities = 3\nmatrix = '''\n10 20\n20 10\n'''", "SLIT00")
    assert [finding.id for finding in found] == ["SLIT001"]


def test_no_localities_no_rows() -> None:
    """An empty matrix does not divide by zero."""
    assert _view("").matrix == b""


def test_hit_is_one_byte_of_the_matrix() -> None:
    """Row and column give the offset."""
    assert _view("10 20\n30 10").at(1, 0, "is odd").offset == 44 + 2
