"""What the tool says about every machine of the library; run as a program, it writes the goldens.

Text has a fixed width and no colour. A golden is only ever written here, and reviewed like code.
"""

from __future__ import annotations

import contextlib
import io
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from srat_tool.authoring.spec import Spec
from srat_tool.cli.main import run
from tests.golden import pages
from tests.golden.fixtures import FIXTURES, SPECS, load
from tests.support import ROOT

GOLDEN = FIXTURES / "golden"
_PLAIN = {"COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb", "LANG": "C.UTF-8"}


class Golden(NamedTuple):
    """One file of what the tool says.

    Attributes:
        place: below fixtures/golden.
        arguments: the command line; it is run at the top of the project.
    """

    place: Path
    arguments: tuple[str, ...]

    def text(self) -> str:
        """Return what the command says now, its exit status included when that is not 0."""
        out = _Captured()
        with mock.patch.dict(os.environ, _PLAIN), contextlib.chdir(ROOT):
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
                status = run(list(self.arguments))
            out.flush()
        said = out.buffer.getvalue().decode()
        return said if status == 0 else f"{said}exit status {status}\n"


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
    profile = spec.kernel.version or "newest"
    yield "inspect.txt", ("inspect", f"fixtures/bin/{spec.name}")
    yield f"dmesg.{profile}.txt", ("plan", "--format", "dmesg", spec.where)
    if Path(spec.where).parent.name == "faulty":
        yield "findings.json", ("lint", "--format", "json", f"fixtures/bin/{spec.name}")
        return
    plan = ("plan", "--format", "json", spec.where)
    yield f"plan.{profile}.own.json", plan
    yield "plan.acpi2013.acpi.json", (*plan, "--movablecore=acpi")


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
