"""What other programs are given: the action, the hook, the plugin, and the page about them."""

from __future__ import annotations

import importlib.util
import re
import shlex
import subprocess
import sys
import types
from pathlib import Path
from typing import Any

import pytest

from srat_tool.cli.lint import command
from srat_tool.lint.config import parse_config
from tests.support import ROOT, table_bytes

BAD = table_bytes(b"SLIT", (2).to_bytes(8, "little") + bytes([10, 21, 21, 11]))
PAGE = (ROOT / "docs" / "ci.md").read_text()
ACTION = (ROOT / "action.yml").read_text()


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a repository as a newcomer has it: a firmware tree, a logo, one bad table."""
    (tmp_path / "build" / "acpi").mkdir(parents=True)
    (tmp_path / "build" / "acpi" / "slit.bin").write_bytes(BAD)
    (tmp_path / "build" / "logo.bin").write_bytes(b"\x89PNG" + bytes(100))
    return tmp_path


def _run(words: list[str], where: Path) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, "-m", "srat_tool", *words]
    environment = {"PYTHONPATH": str(ROOT), "PATH": ""}
    return subprocess.run(
        call, cwd=where, env=environment, capture_output=True, text=True, check=False
    )


COMMANDS = re.findall(r"srattool (lint [^\n'`]*build/)", PAGE)


@pytest.mark.parametrize("line", COMMANDS)
def test_commands_of_the_page_run(line: str, tree: Path) -> None:
    """Each finds the bad table, passes over the logo, and writes the report that it names."""
    words = shlex.split(line)
    done = _run(words, tree)
    assert done.returncode == (0 if "--exit-zero" in words else 1), done.stderr
    report = (tree / words[words.index("-o") + 1]).read_text() if "-o" in words else done.stdout
    assert "build/acpi/slit.bin" in report
    assert "SLIT005" in report


def test_there_are_commands() -> None:
    """Otherwise nothing above would be tested."""
    assert len(COMMANDS) >= 4


def test_the_configuration_of_the_page_is_valid() -> None:
    """Every key that it shows is read."""
    text = re.search(r"```toml\n(.*?)```", PAGE, flags=re.DOTALL)
    assert text is not None
    config = parse_config(text[1], "srattool.toml", in_pyproject=False)
    assert config is not None
    assert config.fail_on == "warning"


def test_the_action_and_the_hook_use_options_that_exist() -> None:
    """An option that is gone would fail in a user's build."""
    known = {name for option in command.params for name in option.opts}
    hook = (ROOT / ".pre-commit-hooks.yaml").read_text()
    used = set(re.findall(r"(?<![\w-])(--[a-z][a-z-]+)", ACTION + hook + PAGE)) - {"--quiet"}
    assert used <= known


def test_the_hook_skips_what_is_no_table(tree: Path) -> None:
    """The files that it would be called with."""
    assert _run(["lint", "--allow-empty", "build/logo.bin"], tree).returncode == 0
    files = ["build/logo.bin", "build/acpi/slit.bin"]
    assert _run(["lint", "--allow-empty", *files], tree).returncode == 1


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("acpi/SRAT", True),
        ("tables/APIC1", True),
        ("SLIT", True),
        ("srat.dat", True),
        ("board/acpidump.txt", True),
        ("docs/SRAT.md", False),
        ("src/srat", True),
        ("src/xsrat", False),
        ("Makefile", False),
    ],
)
def test_the_hook_is_called_for_files_of_tables(path: str, wanted: bool) -> None:
    """By the end of the name, or by the name of a table."""
    hook = (ROOT / ".pre-commit-hooks.yaml").read_text()
    pattern = re.search(r"^  files: (.*)$", hook, re.MULTILINE)
    assert pattern is not None
    assert bool(re.search(pattern[1], path)) == wanted


class _Case:
    """Records what the plugin reports about its test case."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def __getattr__(self, name: str) -> Any:
        return lambda *words: self.said.append(f"{name} {words}")


def test_the_edk2_plugin(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bad table fails the package, another package passes."""
    if importlib.util.find_spec("edk2toolext") is None:
        name = "edk2toolext.environment.plugintypes.ci_build_plugin"
        for part in ("edk2toolext", "edk2toolext.environment", name.rpartition(".")[0]):
            monkeypatch.setitem(sys.modules, part, types.ModuleType(part))
        stand_in = types.ModuleType(name)
        stand_in.ICiBuildPlugin = object  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, name, stand_in)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    file = ROOT / "integrations" / "edk2" / "SrattoolLint" / "SrattoolLint.py"
    spec = importlib.util.spec_from_file_location("SrattoolLint", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    class Paths:
        def __getattr__(self, _: str) -> Any:
            return lambda package: str(tree / package)

    def run(config: dict[str, Any]) -> tuple[int, list[str]]:
        case = _Case()
        plugin = module.SrattoolLint()
        return plugin.RunBuildPlugin("build", Paths(), config, None, None, None, case), case.said

    status, said = run({"paths": ["acpi"]})
    assert status == 1
    assert any("SLIT005" in line for line in said)
    (tree / "build" / "empty").mkdir()
    assert run({"paths": ["empty"]})[0] == 0
