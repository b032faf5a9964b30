"""`srattool qemu`."""

from __future__ import annotations

import pytest

from srat_tool.cli.main import run
from tests.golden.fixtures import FIXTURES


def test_a_command_line_with_comments(capsys: pytest.CaptureFixture[str]) -> None:
    """It can be pasted; what QEMU cannot do comes first."""
    assert run(["qemu", "example:sparse-domains"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("# domains are numbered without gaps: ")
    assert "\nqemu-system-x86_64 -M q35 -cpu max \\\n" in out


def test_arm(capsys: pytest.CaptureFixture[str]) -> None:
    """GICC entries mean an arm64 machine."""
    assert run(["qemu", "example:arm64-two-nodes"]) == 0
    assert "qemu-system-aarch64 -M virt" in capsys.readouterr().out


def test_no_srat(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a SRAT there is no topology."""
    assert run(["qemu", str(FIXTURES / "bin" / "epyc-8-nodes" / "SLIT.bin")]) == 2
    assert "no SRAT" in capsys.readouterr().err
