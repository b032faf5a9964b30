"""Kernels, asked for from Python."""

from __future__ import annotations

from srat_tool.api.kernels import kernels


def test_all_or_one() -> None:
    """Without a release every profile is listed; an architecture narrows the list."""
    whole, arm = kernels(), kernels(arch="arm64")
    assert {row.architecture for row in arm.rows} == {"aarch64"}
    assert set(arm.rows) < set(whole.rows)
    one = kernels("6.12.107+deb13-arm64")
    assert [row.architecture for row in one.rows] == ["aarch64"]
