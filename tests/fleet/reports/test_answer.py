"""Answers of reports and their exit status."""

from __future__ import annotations

import pytest

from srat_tool.fleet.reports.answer import FleetReport, heading, number_text


@pytest.mark.parametrize(
    ("rows", "finds", "errors", "status"),
    [
        ((), True, (), 0),
        ((("a",),), True, (), 1),
        ((("a",),), False, (), 0),
        ((), False, ("x",), 2),
    ],
)
def test_the_status(
    rows: tuple[tuple[str, ...], ...], finds: bool, errors: tuple[str, ...], status: int
) -> None:
    """1 with findings, 2 where something could not be compared."""
    assert FleetReport("x", ("a",), rows, "none", finds=finds, errors=errors).status == status


def test_columns_for_readers() -> None:
    """One of sizes has the unit in its numbers instead of its name."""
    assert [heading(name) for name in ("ram_bytes", "compared_with")] == ["ram", "compared with"]
    assert number_text("ram_bytes", 3 << 29) == "1.5G"
    assert number_text("nodes", 2048) == "2048"
