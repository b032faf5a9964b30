"""What rules know of a SLIT."""

from __future__ import annotations

from srat_tool.base.rawtable import Origin, RawTable
from srat_tool.lint.context import LintMachine
from srat_tool.lint.settings import Settings
from srat_tool.lint.slit_view import SlitView
from tests.lint.lab import findings, machine


def _view(matrix: str, more: str = "") -> SlitView:
    view = machine(f"[slit]\n{more}\nmatrix = '''\n{matrix}\n'''").slit
    assert view is not None
    return view


def test_pairs_leave_out_the_diagonal() -> None:
    """Each ordered pair of different domains comes once."""
    assert list(_view("10 20\n30 10").pairs()) == [(0, 1, 20), (1, 0, 30)]
    assert list(_view("10 20\n30 10").mutual()) == [(0, 1, 20, 30)]


def test_cut_matrix_has_short_rows() -> None:
    """What is not there is not judged."""
    raw = RawTable(
        origin=Origin(path="SLIT"), data=_view("10 20 30\n20 10 30\n30 30 10").raw.data[:-4]
    )
    view = LintMachine([raw], Settings()).slit
    assert view is not None
    assert [len(row) for row in view.rows] == [3, 2]
    assert list(view.mutual()) == [(0, 1, 20, 20)]


def test_matrix_that_does_not_fit_has_no_rows() -> None:
    """With a wrong number of localities no byte is known to be a distance; one finding says so."""
    assert _view("10 20\n20 10", "localities = 3").rows == []
    found = findings("[slit]\nlocalities = 3\nmatrix = '''\n10 20\n20 10\n'''", "SLIT00")
    assert [finding.id for finding in found] == ["SLIT001"]


def test_no_localities_no_rows() -> None:
    """An empty matrix does not divide by zero."""
    assert _view("").rows == []


def test_hit_is_one_byte_of_the_matrix() -> None:
    """Row and column give the offset."""
    assert _view("10 20\n30 10").at(1, 0, "is odd").offset == 44 + 2
