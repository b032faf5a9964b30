"""fish and zsh keep `--option=value` in one word; what they get completes the whole of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import ROOT

FISH, ZSH = shutil.which("fish"), shutil.which("zsh")


def _answers(words: list[str], folder: Path) -> list[str]:
    """Return what a shell prints that finds the tool in a folder."""
    program = folder / "srattool"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m srat_tool "$@"\n')
    program.chmod(0o755)
    env = {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"}
    done = subprocess.run(words, capture_output=True, text=True, check=True, cwd=ROOT, env=env)
    return done.stdout.split()


@pytest.mark.skipif(FISH is None, reason="no fish on this machine")
@pytest.mark.parametrize(
    ("line", "answers"),
    [
        ("plan --kernel=6.12.7", ["--kernel=6.12.75"]),
        ("plan --kernel 6.12.7", ["6.12.75"]),
        ("plan --boot-log=pypr", ["--boot-log=pyproject.toml"]),
        ("plan --boot-log pypr", ["pyproject.toml"]),
    ],
)
def test_a_real_fish(line: str, answers: list[str], tmp_path: Path) -> None:
    """Values and files, after the option that is typed already or alone."""
    script = f"source docs/completions/srattool.fish; complete -C 'srattool {line}'"
    assert _answers([FISH or "", "--no-config", "-c", script], tmp_path) == answers


@pytest.mark.skipif(ZSH is None, reason="no zsh on this machine")
@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("--kernel=6.12.7", ["set", "-U", "-i", "--kernel=", "6.12.75"]),
        ("6.12.7", ["-U", "-i", "6.12.75"]),
    ],
)
def test_a_real_zsh(word: str, said: list[str], tmp_path: Path) -> None:
    """The option is set apart before the values are added, and put before them again."""
    before = "--kernel " if word == "6.12.7" else ""
    script = (
        "compdef() { : }; compset() { print set; IPREFIX=${PREFIX%%=*}= }; "
        "compadd() { print -l -- $1 $2 $3 ${(P)argv[-1]} }; "
        ". docs/completions/_srattool; "
        f"PREFIX='{word}'; words=(srattool plan {before}{word}); CURRENT=${{#words}}; "
        "_srattool_completion"
    )
    assert _answers([ZSH or "", "-f", "-c", script], tmp_path) == said
