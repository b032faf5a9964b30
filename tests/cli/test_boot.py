"""`srattool boot`, as far as it goes without a kernel; the boots are in tests/peers."""

from __future__ import annotations

from pathlib import Path

import pytest

from srat_tool.cli.main import run
from srat_tool.sources.examples import find_example


def test_a_missing_kernel_is_no_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Status 2 and one line that says what to install."""
    spec = "example:sparse-domains"
    assert run(["boot", spec, "--kernel-image", str(tmp_path / "vmlinuz")]) == 2
    assert "dpkg -x" in capsys.readouterr().err


def test_a_machine_that_qemu_cannot_be(capsys: pytest.CaptureFixture[str]) -> None:
    """RAM beyond the address bits of the emulated processor is refused before anything runs."""
    spec = find_example("sparse-64t-hotplug")
    assert run(["boot", str(spec), "--kernel-image", str(spec)]) == 2
    assert "QEMU's software processor" in capsys.readouterr().err
