"""What MSCT structures declare."""

from __future__ import annotations

from srat_tool.tables.msct import DomainInformation


def test_the_first_byte_is_a_revision() -> None:
    """ACPI's name for it is there too."""
    assert DomainInformation(56, 1, 22, 0, 0, 1, 0).revision == 1
