"""`srattool kernels`."""

from __future__ import annotations

import json

import pytest

from srat_tool.cli.main import run
from srat_tool.kernel.vendors import VENDORS


def test_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    """How many there are, then one line for each; details have the evidence."""
    assert run(["kernels"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert " kernel profiles: x86_64 " in lines[0]
    assert "--kernel RELEASE" in lines[1]
    assert any(line.split() == ["6.16", "6.16", "boots"] for line in lines)
    assert len(lines) < int(lines[0].split()[0]) + len(VENDORS) + 20
    assert run(["kernels", "--details"]) == 0
    out = capsys.readouterr().out
    assert " kernel profiles: x86_64 " in out.splitlines()[0]
    assert "6.16 (x86_64): 6.16" in out
    assert "evidence: boots (6.16.12: 15 recorded)" in out
    assert "Distributions" in out


def test_a_release_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    """The row that answers, and why it may be wrong."""
    assert run(["kernels", "--kernel", "5.15.0-105-generic", "--format", "json"]) == 0
    value = json.loads(capsys.readouterr().out)
    assert value["schema"] == "srattool.kernels/1"
    assert value["answer"]["profile"] == "5.15.140"
    assert value["answer"]["distribution"] == "Ubuntu"
    assert "modelled only in part" in value["answer"]["doubt"]


def test_no_such_kernel(capsys: pytest.CaptureFixture[str]) -> None:
    """One line, and status 2."""
    assert run(["kernels", "--kernel", "newest"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
