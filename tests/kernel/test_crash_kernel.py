"""The crash kernel's place, as the command line words it."""

from __future__ import annotations

import pytest

from srat_tool.base.span import Span
from srat_tool.kernel.crash_kernel import crash_kernel


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("crashkernel=256M@5G", Span(5 << 30, (5 << 30) + (256 << 20))),
        ("crashkernel=64M@1G quiet crashkernel=64M@2G", Span(2 << 30, (2 << 30) + (64 << 20))),
        ("crashkernel=64M@1G crashkernel=128M,high", Span(1 << 30, (1 << 30) + (64 << 20))),
        ("crashkernel=256M", None),
        ("crashkernel=0@1G", None),
        ("crashkernel=64M@1G,", None),
        ("crashkernel=512M-2G:64M,2G-:128M@1G", None),
        ("crashkernel", None),
        ("quiet", None),
    ],
)
def test_only_a_size_at_an_address_names_a_place(words: str, place: Span | None) -> None:
    """The last one counts; where the kernel chooses, or RAM decides, nothing is named."""
    assert crash_kernel(words) == place
