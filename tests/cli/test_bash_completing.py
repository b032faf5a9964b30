"""bash breaks words at colons; the answers fit what it puts in their place."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from srat_tool.cli.bash_completing import WholeWords
from srat_tool.cli.main import cli
from tests.support import ROOT

BASH, FISH = shutil.which("bash"), shutil.which("fish")
_DEFAULT_BREAKS = " \t\n\"'><=;|&(:"


def _args(monkeypatch: pytest.MonkeyPatch, line: str) -> tuple[list[str], str]:
    monkeypatch.setenv("COMP_LINE", line)
    monkeypatch.setenv("COMP_POINT", str(len(line.encode())))
    monkeypatch.setenv("COMP_WORDBREAKS", _DEFAULT_BREAKS)
    return WholeWords(cli, {}, "srattool", "_SRATTOOL_COMPLETE").get_completion_args()


@pytest.mark.parametrize(
    ("line", "words", "word"),
    [
        ("srattool plan example:cx", ["plan"], "example:cx"),
        ("srattool plan example:cx ", ["plan", "example:cx"], ""),
        ("srattool diff 'a b' example:", ["diff", "a b"], "example:"),
        ("srattool plan é", ["plan"], "é"),
        ("srattool ", [], ""),
    ],
)
def test_words_are_those_of_the_line(
    monkeypatch: pytest.MonkeyPatch, line: str, words: list[str], word: str
) -> None:
    """Whatever bash breaks them into."""
    assert _args(monkeypatch, line) == (words, word)


def test_scripts_of_older_releases_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """They pass the words, and not the line."""
    monkeypatch.delenv("COMP_LINE", raising=False)
    monkeypatch.setenv("COMP_WORDS", "srattool pl")
    monkeypatch.setenv("COMP_CWORD", "1")
    args = WholeWords(cli, {}, "srattool", "_SRATTOOL_COMPLETE").get_completion_args()
    assert args == ([], "pl")


@pytest.fixture
def path(tmp_path: Path) -> str:
    """A search path with the tool on it."""
    program = tmp_path / "srattool"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m srat_tool "$@"\n')
    program.chmod(0o755)
    return f"{tmp_path}:{os.environ['PATH']}"


def _run(words: list[str], path: str, **env: str) -> list[str]:
    done = subprocess.run(
        words,
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "PATH": path, **env},
    )
    return done.stdout.split()


@pytest.mark.skipif(BASH is None, reason="no bash on this machine")
@pytest.mark.parametrize(
    ("line", "answers"),
    [
        ("srattool plan example:cx", ["cxl-window"]),
        ("srattool diff example:32-nodes example:cx", ["cxl-window"]),
        ("srattool plan --arch aar", ["aarch64"]),
        ("srattool plan --kernel=6.12.7", ["6.12.75"]),
        ("srattool lint --explain SLIT00", [f"SLIT00{number}" for number in range(1, 10)]),
    ],
)
def test_a_real_bash(path: str, line: str, answers: list[str]) -> None:
    """The script that is installed answers with what follows the last break."""
    script = (
        '. docs/completions/srattool; COMP_LINE="$LINE_TYPED"; COMP_POINT=${#COMP_LINE}; '
        "_srattool_completion srattool; printf '%s\\n' \"${COMPREPLY[@]}\""
    )
    found = _run([BASH or "", "--norc", "-c", script], path, LINE_TYPED=line)
    assert found == answers


@pytest.mark.skipif(FISH is None, reason="no fish on this machine")
def test_a_real_fish(path: str) -> None:
    """Which keeps words whole."""
    script = "source docs/completions/srattool.fish; complete -C 'srattool diff a example:cx'"
    assert _run([FISH or "", "--no-config", "-c", script], path) == ["example:cxl-window"]
