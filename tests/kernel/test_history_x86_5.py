"""The rows of x86 from 5.10 to 6.0, and what many point releases took over."""

from __future__ import annotations

import pytest

from srat_tool.base.units import MIB
from srat_tool.kernel.profiles import profile_for


@pytest.mark.parametrize(
    ("release", "least"),
    [
        ("4.14.330", 4 * MIB),
        ("4.14.331", 0),
        ("4.15.18", 4 * MIB),
        ("4.19.299", 4 * MIB),
        ("4.19.300", 0),
        ("4.20.17", 4 * MIB),
        ("5.3.18", 4 * MIB),
        ("5.4.261", 4 * MIB),
        ("5.4.262", 0),
        ("5.5.1", 4 * MIB),
        ("5.10.201", 4 * MIB),
        ("5.10.202", 0),
        ("5.11.3", 4 * MIB),
        ("6.1.63", 4 * MIB),
        ("6.1.64", 0),
        ("6.4.7", 4 * MIB),
        ("6.5.12", 4 * MIB),
        ("6.5.13", 0),
        ("6.6.2", 4 * MIB),
        ("6.6.3", 0),
        ("6.7", 0),
    ],
)
def test_small_nodes_count_from_late_2023_on(release: str, least: int) -> None:
    """The limit of 4 MiB went in 6.7, and in the point releases of the same week."""
    assert profile_for(release).min_node_bytes == least


@pytest.mark.parametrize(
    ("release", "reserves"),
    [
        ("4.9.337", False),
        ("4.14.232", False),
        ("4.14.233", True),
        ("4.15.18", False),
        ("4.19.189", False),
        ("4.19.190", True),
        ("4.20.17", False),
        ("5.4.116", False),
        ("5.4.117", True),
        ("5.9.16", False),
        ("5.10.27", False),
        ("5.10.28", True),
        ("5.11.11", False),
        ("5.11.12", True),
        ("5.12", True),
    ],
)
def test_acpi_tables_are_reserved_from_spring_2021_on(release: str, *, reserves: bool) -> None:
    """In 5.12 and the point releases of April and May 2021; 4.9.y never took it over."""
    assert profile_for(release).reserves_acpi_tables == reserves


@pytest.mark.parametrize(
    ("release", "drops"),
    [
        ("4.9.310", False),
        ("4.9.311", True),
        ("4.10.17", False),
        ("4.14.275", False),
        ("4.14.276", True),
        ("4.19.237", False),
        ("4.19.238", True),
        ("5.3.18", False),
        ("5.4.188", False),
        ("5.4.189", True),
        ("5.10.109", False),
        ("5.10.110", True),
        ("5.15.32", False),
        ("5.15.33", True),
        ("5.16.18", False),
        ("5.16.19", True),
        ("5.17.1", False),
        ("5.17.2", True),
        ("5.18", True),
    ],
)
def test_no_zone_begins_past_its_node_from_april_2022_on(release: str, *, drops: bool) -> None:
    """In 5.18, and in the point releases of the same month."""
    assert profile_for(release).drops_start_past_end == drops


@pytest.mark.parametrize(
    ("release", "each"),
    [
        ("5.4.302", False),
        ("5.15.211", False),
        ("5.15.212", True),
        ("5.16.20", False),
        ("6.1.177", False),
        ("6.1.178", True),
        ("6.6.144", False),
        ("6.6.145", True),
        ("6.7.12", False),
        ("6.12.96", False),
        ("6.12.97", True),
        ("6.13", False),
        ("7.2", True),
    ],
)
def test_every_node_must_give_its_share_from_7_2_on(release: str, *, each: bool) -> None:
    """`numa=fake=NU` fails then where any node gives too few; point releases took it over."""
    assert profile_for(release).fake_counts_each == each


@pytest.mark.parametrize(
    ("release", "parsed"), [("5.16.20", False), ("6.0.7", False), ("6.0.8", True), ("6.1", True)]
)
def test_nodes_of_windows_are_possible_from_6_0_8_on(release: str, *, parsed: bool) -> None:
    """The change of 6.1 went into 6.0.8 as well."""
    assert profile_for(release).windows_are_parsed == parsed
