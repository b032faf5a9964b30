"""The command that writes a page."""

from __future__ import annotations

from pathlib import Path

import pytest

from srat_tool.cli.main import run


def test_a_page_is_written(tmp_path: Path) -> None:
    """With the title that was asked for, escaped."""
    target = tmp_path / "machine.html"
    words = ["report", "example:cxl-window", "-o", str(target), "--title", "<rack 7>"]
    assert run(words) == 0
    text = target.read_text()
    assert "<title>&lt;rack 7&gt;</title>" in text
    assert "3 nodes, 16G of memory" in text


def test_without_an_input_that_can_be_read_there_is_no_page(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Status 2, one line."""
    assert run(["report", str(tmp_path / "none"), "-o", str(tmp_path / "x.html")]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert not (tmp_path / "x.html").exists()
