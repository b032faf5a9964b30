"""How much memory the images of kernels take, as far as boots have shown it.

Linux: arch/x86/kernel/setup.c `early_reserve_memory` reserves `_text` to `__end_of_kernel_reserve`;
early page tables follow. The size depends on what is built in, so each maker's kernels have their
own.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from srat_tool.base.units import MIB, PAGE_SIZE


class ImageSize(NamedTuple):
    """Images of one size.

    Attributes:
        release: matches the releases whose images have it, from their beginning.
        size: bytes, with the early page tables that follow the image.
        seen: a release that was booted.
    """

    release: re.Pattern[str]
    size: int
    seen: str


def _debian(series: str, flavour: str, size: int, seen: str) -> ImageSize:
    """Make a row: the image in MiB, and 13 pages of early tables before 5.11, 17 since."""
    tables = 13 if series == r"5\.10" else 17
    pattern = re.compile(rf"{series}\.\d+\S*{flavour}-amd64$")
    return ImageSize(pattern, size * MIB + tables * PAGE_SIZE, seen)


# The first row that matches counts.
_SIZES = (
    _debian(r"5\.10", "-cloud", 34, "5.10.0-32-cloud-amd64"),
    _debian(r"5\.10", "", 48, "5.10.0-46-amd64"),
    _debian(r"6\.1", "-cloud", 40, "6.1.0-56-cloud-amd64"),
    _debian(r"6\.1", "", 52, "6.1.0-56-amd64"),
    _debian(r"6\.12", "", 44, "6.12.107+deb13-cloud-amd64"),
    _debian(r"6\.16", "-cloud", 44, "6.16.12+deb13-cloud-amd64"),
    _debian(r"6\.17", "-cloud", 46, "6.17.13+deb13-cloud-amd64"),
    _debian(r"6\.1[89]", "-cloud", 48, "6.18.15+deb13-cloud-amd64"),
    _debian(r"6\.1[6-9]", "", 50, "6.16.12+deb13-amd64"),
    _debian(r"7\.[0-3]", "-cloud", 50, "7.2.13+deb14-cloud-amd64"),
    _debian(r"7\.[02]", "", 50, "7.2.13+deb14-amd64"),
    _debian(r"7\.[13]", "", 52, "7.3.4+deb13-amd64"),
)


def image_size(release: str | None) -> ImageSize | None:
    """Return the row of a release as `uname -r` prints it; None where no boot has shown it."""
    if release is None:
        return None
    return next((row for row in _SIZES if row.release.match(release)), None)
