"""The program's output for every machine of the library; run as a program, it writes the goldens.

Text has a fixed width and no colour. A golden is only ever written here, and reviewed like code.
"""

from __future__ import annotations

import contextlib
import io
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from srat_tool.authoring.spec import Spec
from srat_tool.cli.main import run
from tests.golden import pages
from tests.golden.fixtures import FIXTURES, SPECS, is_faulty, load
from tests.support import ROOT

JSON_MACHINES = ("laptop-single-node", "kernel-node-hot-memory", "arm64-two-nodes")
"""All other JSON is held by its schema and by its agreement with the text."""
GOLDEN = FIXTURES / "golden"
_PLAIN = {"COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb", "LANG": "C.UTF-8"}


class Golden(NamedTuple):
    """One file of the program's output.

    Attributes:
        place: below fixtures/golden.
        arguments: the command line; it is run at the top of the project.
    """

    place: Path
    arguments: tuple[str, ...]

    def text(self) -> str:
        """Return what the command prints now."""
        return said(self.arguments)


def said(arguments: Sequence[str]) -> str:
    """Run a command at the top of the project, and return what it prints on both streams.

    The exit status is the last line when it is not 0.
    """
    out = _Captured()
    status = _run(arguments, out, out)
    text = out.buffer.getvalue().decode()
    return text if status == 0 else f"{text}exit status {status}\n"


def answer(arguments: Sequence[str]) -> tuple[int, str]:
    """Run a command as `said` does, and return its exit status and standard output alone."""
    out = _Captured()
    status = _run(arguments, out, _Captured())
    return status, out.buffer.getvalue().decode()


def _run(arguments: Sequence[str], out: _Captured, err: _Captured) -> int:
    with mock.patch.dict(os.environ, _PLAIN), contextlib.chdir(ROOT):
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = run(list(arguments))
        out.flush()
    return status


class _Captured(io.TextIOWrapper):
    """A stream that keeps what is written to it, as bytes underneath like the real ones."""

    buffer: io.BytesIO

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", newline="\n")


def goldens() -> Iterator[Golden]:
    """Yield every golden."""
    for path in SPECS:
        spec = load(path)
        for name, arguments in _files(spec):
            yield Golden(Path(spec.name, name), arguments)


def _files(spec: Spec) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what a person can review: text for every machine, JSON for three small ones."""
    example, profile = f"example:{spec.name}", spec.kernel.version or "newest"
    yield "inspect.txt", ("inspect", f"fixtures/bin/{spec.name}")
    yield f"dmesg.{profile}.txt", ("plan", "--format", "dmesg", example)
    yield f"plan.{profile}.txt", ("plan", "--width", "100", example)
    if is_faulty(spec.name):
        yield "findings.txt", ("lint", "--show", "info", f"fixtures/bin/{spec.name}")
        return
    yield "plan.acpi2013.txt", ("plan", "--width", "100", example, "--movablecore=acpi")
    if spec.name in JSON_MACHINES:
        plan = ("plan", "--format", "json", example)
        yield f"plan.{profile}.json", plan
        if spec.arch in {None, "x86_64"}:
            yield "plan.acpi2013.json", (*plan, "--movablecore=acpi")


def main() -> None:
    """Write the goldens."""
    shutil.rmtree(GOLDEN, ignore_errors=True)
    pages.main()
    for golden in goldens():
        target = GOLDEN / golden.place
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(golden.text())


if __name__ == "__main__":
    main()
