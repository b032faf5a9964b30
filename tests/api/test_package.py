"""The package as its users see it: names, types, cost, and the examples of its page."""

from __future__ import annotations

import doctest
import inspect
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import srat_tool
from tests.support import ROOT

USER = """\
import srat_tool
from srat_tool import LintOptions, Machine, Plan, PlanOptions, ReadOptions, plan


def seen(work: str, item: str | None) -> None:
    print(work, item)


machine: Machine = srat_tool.load(
    ["SRAT.bin"], PlanOptions(movablecore="acpi"), ReadOptions(progress=seen)
)
made: Plan = srat_tool.plan(machine)
again: Plan = plan(machine)
starts: list[int] = [start.start for start in made.movable_start]
ids: list[str] = [finding.id for finding in srat_tool.lint("x", LintOptions()).findings]
names: list[str] = [policy.name for policy in srat_tool.compare(machine).policies]
possible: bool = srat_tool.advise(machine, [1], "4G").possible
changes: int = len(srat_tool.diff(machine, machine).changes)
sizes: list[int] = [len(one.raw.data) for one in srat_tool.inspect()]
data: bytes = srat_tool.edit(srat_tool.build("machine.toml")[0], drop=["1"]).data
number: int = len(srat_tool.extract("firmware.fd").tables)
verdict: str = srat_tool.verify("dmesg").verdict.value
schema: object = srat_tool.to_json(made)["schema"]
text: str = srat_tool.to_text(srat_tool.explain(machine, "node1"), "markdown", width=80)
formats: tuple[str, ...] = srat_tool.formats(made)
try:
    srat_tool.plan(machine)
except srat_tool.SratToolError as error:
    print(error.message, error.hint)
"""
WRONG = """\
import srat_tool

number: int = srat_tool.plan(srat_tool.load("x"))
srat_tool.plan("x")
srat_tool.load("x", movable=True)
"""


def _python(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_examples_of_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each prints what the page shows."""
    monkeypatch.chdir(ROOT)
    failed, tried = doctest.testfile(str(ROOT / "docs" / "api.md"), module_relative=False)
    assert tried > 20
    assert failed == 0


def test_the_page_has_every_function() -> None:
    """With its arguments by their names."""
    page = (ROOT / "docs" / "api.md").read_text()
    for name in srat_tool.__all__:
        value = getattr(srat_tool, name)
        if callable(value) and not isinstance(value, type):
            assert f"| `{name}(" in page, name


def test_every_name_is_there() -> None:
    """And no other."""
    for name in srat_tool.__all__:
        assert getattr(srat_tool, name) is not None
    assert set(dir(srat_tool)) == set(srat_tool.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        srat_tool.nothing  # noqa: B018 - the access is the test


@pytest.mark.parametrize("name", ["plan", "lint", "compare"])
def test_a_room_can_be_called(name: str) -> None:
    """Imported first as either; it has the function's signature."""
    room: Any = getattr(srat_tool, name)
    assert inspect.ismodule(room)
    function: Any = room
    assert list(inspect.signature(function).parameters)
    first = f"import srat_tool; print(callable(srat_tool.{name}))"
    later = f"import srat_tool.{name} as room; print(callable(room), room.__name__)"
    assert _python(first) == "True"
    assert _python(later) == f"True srat_tool.{name}"


def test_importing_costs_next_to_nothing() -> None:
    """Nothing of ours but the version, and no module that Python did not have."""
    code = (
        "import sys; before = set(sys.modules); import srat_tool;"
        "print(*sorted(set(sys.modules) - before))"
    )
    assert set(_python(code).split()) <= {"__future__", "srat_tool", "srat_tool.version"}


def test_an_answer_needs_neither_click_nor_rich() -> None:
    """Up to its JSON; text in lines needs rich."""
    code = (
        "import sys, srat_tool;"
        "m = srat_tool.load('example:two-sockets-removable-riser');"
        "answers = [srat_tool.plan(m), srat_tool.explain(m), srat_tool.compare(m),"
        " srat_tool.diff(m, m), srat_tool.advise(m, [1]),"
        " srat_tool.lint('fixtures/bin/two-sockets-removable-riser'),"
        " srat_tool.inspect('fixtures/bin/two-sockets-removable-riser')];"
        "[srat_tool.to_json(a) for a in answers];"
        "print('rich' in sys.modules, 'click' in sys.modules)"
    )
    assert _python(code) == "False False"


def _mypy(folder: Path, code: str) -> subprocess.CompletedProcess[str]:
    pytest.importorskip("mypy")
    (folder / "user.py").write_text(code)
    command = [sys.executable, "-m", "mypy", "--strict", "--python-version", "3.11"]
    command += ["--config-file", "", "--cache-dir", str(folder / "cache"), "user.py"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_users_see_the_types(tmp_path: Path) -> None:
    """A script of a user passes mypy --strict, and a wrong one does not."""
    done = _mypy(tmp_path, USER)
    assert done.returncode == 0, done.stdout
    done = _mypy(tmp_path, WRONG)
    assert done.stdout.count("error:") == 3, done.stdout
