"""Kernels at hand for a trial; the trials themselves are in tests/peers."""

from __future__ import annotations

from pathlib import Path

import pytest

from srat_tool.api import trial
from srat_tool.api.trial import KERNEL_VARIABLE, choose_kernel, find_kernels
from srat_tool.base.errors import PeerError


def test_the_variable_goes_before_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """$SRATTOOL_KERNEL names several with colons; without it /boot is searched."""
    (tmp_path / "vmlinuz-6.1").touch()
    monkeypatch.setattr(trial, "BOOT_FOLDER", tmp_path)
    monkeypatch.delenv(KERNEL_VARIABLE, raising=False)
    assert find_kernels() == [tmp_path / "vmlinuz-6.1"]
    monkeypatch.setenv(KERNEL_VARIABLE, "a:b")
    assert find_kernels() == [Path("a"), Path("b")]


def test_what_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a kernel the error names the package to unpack."""
    monkeypatch.setattr(trial, "BOOT_FOLDER", tmp_path)
    monkeypatch.delenv(KERNEL_VARIABLE, raising=False)
    with pytest.raises(PeerError, match="linux-image-cloud-amd64"):
        choose_kernel(None)
    with pytest.raises(PeerError, match=r"no such kernel image; try a file such as [^;]*$"):
        choose_kernel(str(tmp_path / "none"))
