"""Tables as the values of a page: every byte, and what each field is."""

from __future__ import annotations

import zlib
from base64 import b64decode

from srat_tool.api.tables import inspect
from srat_tool.render.report.table_data import Layouts, table_values


def test_the_bytes_are_all_there() -> None:
    """Small tables as they are, large ones packed."""
    tables = inspect("fixtures/bin/cxl-window").tables
    padded = tables[0].raw._replace(data=tables[0].raw.data + bytes(9000))
    tables = (*tables, tables[0]._replace(raw=padded))
    values = table_values(tables, Layouts())
    assert [value["packed"] for value in values] == [False] * (len(tables) - 1) + [True]
    for one, value in zip(tables, values, strict=True):
        data = b64decode(value["data"])
        assert (zlib.decompress(data, -15) if value["packed"] else data) == one.raw.data


def test_fields_cover_the_table() -> None:
    """Without a hole, in order; each has a value."""
    layouts = Layouts()
    tables = inspect("fixtures/bin/cxl-window").tables
    for value in table_values(tables, layouts):
        at = 0
        for layout, offset, values in value["parts"]:
            assert offset == at
            fields = layouts.rows[layout][1]
            assert len(fields) == len(values)
            at = offset + fields[-1][1] + fields[-1][2]
        assert at == value["size"]


def test_a_layout_is_on_the_page_once() -> None:
    """However many structures have it."""
    layouts = Layouts()
    (value,) = table_values(inspect("fixtures/bin/32-nodes/SRAT.bin").tables, layouts)
    assert len(value["parts"]) > 40
    assert len(layouts.rows) == 3


def test_matrices_are_found_in_the_bytes() -> None:
    """The numbers at the place of a grid are those of the table."""
    for one in inspect("fixtures/bin/cxl-window").tables:
        (value,) = table_values((one,), Layouts())
        for grid in value["grids"]:
            size = grid["width"] * len(grid["rows"]) * len(grid["columns"])
            assert grid["at"] + size <= len(one.raw.data)
            if value["sig"] == "SLIT":
                assert one.raw.data[grid["at"]] == 10


def test_a_cut_table_has_its_defects() -> None:
    """And no matrix that is not there."""
    (value,) = table_values(inspect("fixtures/bin/cut-in-entry").tables, Layouts())
    assert value["defects"]
    assert not table_values(inspect("fixtures/bin/slit-too-short/SLIT.bin").tables, Layouts())[0][
        "grids"
    ]
