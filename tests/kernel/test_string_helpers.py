"""Sizes in the kernel's words."""

from __future__ import annotations

import pytest

from srat_tool.base.units import GIB, KIB, MIB
from srat_tool.kernel.string_helpers import string_get_size


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 B"),
        (512, "512 B"),
        (128 * MIB, "128 MiB"),
        (1920 * MIB, "1.88 GiB"),
        (2304 * MIB, "2.25 GiB"),
        (2 * MIB, "2.00 MiB"),
        (1023 * KIB + 600, "1024 KiB"),
        (99 * MIB + 1000 * KIB, "100.0 MiB"),
        (4 * GIB - MIB, "4.00 GiB"),
        (6 * GIB + 512 * MIB + 1, "6.50 GiB"),
        (1 << 63, "8.00 EiB"),
    ],
)
def test_three_digits(size: int, text: str) -> None:
    """Rounded half up, and a carry may leave four digits, as the kernel prints them."""
    assert string_get_size(size) == text
