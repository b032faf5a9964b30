"""What names a processor in two tables."""

from __future__ import annotations

import pytest

from srat_tool.lint.processor_key import ProcessorKey


@pytest.mark.parametrize(
    ("key", "text"),
    [
        (ProcessorKey("apic", 20), "APIC id 0x14"),
        (ProcessorKey("uid", 20), "processor UID 20"),
    ],
)
def test_text(key: ProcessorKey, text: str) -> None:
    """APIC ids are hexadecimal, as the kernel prints them; UIDs are decimal."""
    assert key.text == text


def test_spaces_are_distinct() -> None:
    """An APIC id is never equal to a UID of the same number."""
    assert ProcessorKey("apic", 1) != ProcessorKey("uid", 1)
