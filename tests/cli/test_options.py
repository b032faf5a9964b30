"""Options that every command with inputs takes."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from srat_tool.api.options import ReadOptions
from srat_tool.base.limits import limits
from srat_tool.cli.main import cli, run
from srat_tool.cli.options import input_options
from tests.support import table_bytes


@click.command()
@input_options
def show(read: ReadOptions) -> None:
    """Print what was given."""
    budget = read.budget
    assert budget is not None
    assert budget == limits()
    click.echo(f"{budget.unpacked} {budget.depth} {budget.table} {read.source}")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], f"{512 << 20} 16 {1 << 20} None"),
        (["--max-unpacked", "2G", "--max-depth", "3"], f"{2 << 30} 3 {1 << 20} None"),
        (["--max-table", "4M", "--source", "acpidump"], f"{512 << 20} 16 {4 << 20} acpidump"),
    ],
)
def test_options_make_a_budget(arguments: list[str], expected: str) -> None:
    """Limits and a forced kind reach the command as values."""
    assert CliRunner().invoke(show, arguments).output == expected + "\n"


@pytest.mark.parametrize("arguments", [["--max-table", "much"], ["--source", "magic"]])
def test_wrong_usage(arguments: list[str]) -> None:
    """What is no size or no kind is wrong usage, exit status 2."""
    assert CliRunner().invoke(show, arguments).exit_code == 2


@pytest.mark.parametrize("command", ["plan", "lint", "verify", "kernels", "advise", "why"])
@pytest.mark.parametrize("option", ["--kernel", "--arch"])
def test_an_unset_variable_is_no_choice(command: str, option: str) -> None:
    """`--kernel "$RELEASE"` without a value is refused; it does not mean the default."""
    done = CliRunner().invoke(cli, [command, option, " "])
    assert done.exit_code == 2
    assert "it is empty" in done.output


@pytest.mark.parametrize("command", ["inspect", "plan", "lint", "verify", "decompile", "fleet"])
def test_an_empty_name_is_no_folder(
    command: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A script with an unset variable passes one; it was read as the current folder."""
    (tmp_path / "SRAT.bin").write_bytes(table_bytes(b"SRAT", bytes(12)))
    monkeypatch.chdir(tmp_path)
    assert run([command, ""]) == 2
    shown = capsys.readouterr()
    assert "an empty name" in shown.out + shown.err
