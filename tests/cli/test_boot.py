"""`srattool boot`, as far as it goes without a kernel; the boots are in tests/peers."""

from __future__ import annotations

from pathlib import Path

import pytest

from srat_tool.cli.main import run
from srat_tool.sources.examples import find_example


def test_a_missing_kernel_is_no_answer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Status 2 and one line that names the file."""
    spec = "example:sparse-domains"
    assert run(["boot", spec, "--kernel-image", str(tmp_path / "vmlinuz")]) == 2
    assert "vmlinuz: no such kernel image" in capsys.readouterr().err


def test_a_machine_that_qemu_cannot_be(capsys: pytest.CaptureFixture[str]) -> None:
    """RAM beyond the address bits of the emulated processor is refused before anything runs."""
    spec = find_example("sparse-64t-hotplug")
    assert run(["boot", str(spec), "--kernel-image", str(spec)]) == 2
    assert "QEMU's software processor" in capsys.readouterr().err


def test_events_that_no_guest_can_have(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Refused before anything runs: status 2, one line."""
    busybox = tmp_path / "busybox"
    busybox.write_bytes(b"\x7fELF")
    words = ["boot", "example:all-hotpluggable", "--kernel-image", str(busybox)]
    words += ["--busybox", str(busybox), "--event"]
    for event in ("dimm:64G+1G", "dimm:64G", "online:0+128M+", "remove:d0"):
        assert run([*words, event]) == 2
        error = capsys.readouterr().err
        assert error.count("\n") == 1
        assert "expected" in error
