"""Which tables of a machine count."""

from __future__ import annotations

from srat_tool.lint.machine_tables import MachineTables, view_class
from srat_tool.lint.settings import Settings
from srat_tool.lint.srat_view import SratView
from srat_tool.lint.views import TableView
from tests.lint.lab import machine, srat_spec


def test_the_first_of_a_kind_counts() -> None:
    """The others are judged one by one; equal bytes are one table."""
    raws = [table.raw for table in machine(srat_spec("mem 0 0+4G")).tables]
    raws += [table.raw for table in machine(srat_spec("mem 1 0+4G")).tables]
    tables = MachineTables([*raws, raws[0]._replace(offset=64)], Settings())
    assert tables.srat is tables.tables[0]
    assert len(tables.every(SratView)) == len(tables.tables) == 2
    assert len(tables.copies) == 1


def test_unknown_kinds_have_a_plain_view() -> None:
    """Only their header is judged."""
    assert view_class(b"DSDT") is TableView
    assert view_class(b"SRAT") is SratView
