"""Sizes of kernel images that boots have shown."""

from __future__ import annotations

import pytest

from srat_tool.base.units import MIB
from srat_tool.kernel.image_sizes import image_size


@pytest.mark.parametrize(("release", "size"), [
    ("5.10.0-32-cloud-amd64", 34), ("5.10.0-46-amd64", 48), ("6.1.0-41-cloud-amd64", 40),
    ("6.12.107+deb13-cloud-amd64", 44), ("6.12.111+deb13-amd64", 44), ("7.3.4+deb13-amd64", 52),
    ("7.3.4+deb13-cloud-amd64", 50), ("6.17.13+deb13-cloud-amd64", 46), ("6.19.14+deb13-amd64", 50),
])  # fmt: skip
def test_sizes_by_release(release: str, size: int) -> None:
    """Another package of a series has the size of the one that was booted."""
    found = image_size(release)
    assert found is not None
    assert found.size // MIB == size


@pytest.mark.parametrize(
    "release", [None, "", "6.1", "6.1.0", "6.12.0-124.el10.x86_64", "6.8.0-31-generic"]
)
def test_nothing_is_known_of_others(release: str | None) -> None:
    """Other makers build other things in."""
    assert image_size(release) is None
