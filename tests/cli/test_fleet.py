"""`srattool fleet`."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from srat_tool.cli.main import run
from tests.fleet.fleets import make_dump, make_fleet, make_rollout
from tests.fleet.tables import Shape, boot_log


def test_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Status 2 with a broken archive, 0 without; the sums are on standard error."""
    make_fleet(tmp_path, machines=6, configurations=2, drifts=0, broken=1)
    assert run(["fleet", "-j", "1", str(tmp_path)]) == 2
    printed = capsys.readouterr()
    assert printed.out.startswith("topology")
    assert "7 machines" in printed.err
    assert run(["fleet", "-j", "1", str(tmp_path / "rack000")]) == 0


def test_lint_errors_are_findings(capsys: pytest.CaptureFixture[str]) -> None:
    """Status 1."""
    assert run(["fleet", "-j", "1", "example:bad-checksum"]) == 1
    assert "1 with lint errors" in capsys.readouterr().err


def test_the_format_follows_the_name_of_the_file(tmp_path: Path) -> None:
    """`.jsonl`; `.sqlite` is a database, which can be read again."""
    make_fleet(tmp_path / "f", machines=3, configurations=2, drifts=0, broken=0)
    lines, database = tmp_path / "a.jsonl", tmp_path / "a.sqlite"
    assert run(["fleet", "-j", "1", str(tmp_path / "f"), "-o", str(lines)]) == 0
    assert len([json.loads(line) for line in lines.read_text().splitlines()]) == 3
    assert run(["fleet", "-j", "1", str(tmp_path / "f"), "-o", str(database)]) == 0
    assert run(["fleet", str(database), "--format", "jsonl", "-o", str(tmp_path / "b.txt")]) == 0
    assert (tmp_path / "b.txt").read_text() == lines.read_text()


def test_options_reach_the_plans(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The kernel and its command line."""
    make_fleet(tmp_path, machines=1, configurations=1, drifts=0, broken=0)
    words = ["--kernel", "6.1", "--movable-node", "--format", "jsonl"]
    assert run(["fleet", "-j", "1", *words, str(tmp_path)]) == 0
    value = json.loads(capsys.readouterr().out)
    assert value["kernel"]["profile"] == "6.1"
    assert value["movable_bytes"] > 0


def test_nothing_named(capsys: pytest.CaptureFixture[str]) -> None:
    """One line that states what to try."""
    assert run(["fleet"]) == 2
    assert "try srattool fleet FOLDER" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["plan", "verify", "lint"])
def test_other_commands_name_it(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where they are given several machines."""
    make_dump(tmp_path / "all.txt", [Shape(), Shape(nodes=3)])
    log = tmp_path / "dmesg"
    log.write_text(boot_log(Shape(), "h", "1", "P"))
    run([command, *([str(log)] if command == "verify" else []), str(tmp_path / "all.txt")])
    assert "srattool fleet" in capsys.readouterr().err


def test_reports(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With their words right after their names; two folders need no other path."""
    make_rollout(tmp_path, machines=4, configurations=2)
    words = [str(tmp_path / "before"), str(tmp_path / "after")]
    assert run(["fleet", "-j", "1", "--report", "rollout", *words]) == 1
    assert "no longer hot-pluggable" in capsys.readouterr().out
    assert run(["fleet", "-j", "1", "--report=clusters", words[0]]) == 0
    assert "Model 0" in capsys.readouterr().out
    assert run(["fleet", "-j", "1", "--report", "kernels", "6.1"]) == 2
    assert "takes 2 words" in capsys.readouterr().err
    assert run(["fleet", "--report", "lost", "--sql", "SELECT 1", words[0]]) == 2


def test_pages_of_machines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every link leads to a file, and there is no other file; without a page it is a mistake."""
    make_fleet(tmp_path / "f", machines=6, configurations=2, drifts=1, broken=0)
    page, pages = tmp_path / "fleet.html", tmp_path / "of machines"
    words = ["fleet", "-j", "1", str(tmp_path / "f"), "--machine-pages", str(pages)]
    assert run([*words, "-o", str(page)]) == 0
    links = re.findall(r'href="(of%20machines/[^"]+)"', page.read_text())
    assert {link.replace("%20", " ") for link in links} == {
        f"of machines/{file.name}" for file in pages.iterdir()
    }
    assert len(links) >= 3
    assert run(words) == 2
    assert "-o FILE.html" in capsys.readouterr().err
