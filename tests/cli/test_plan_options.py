from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from srat_tool.api.options import PlanOptions, ReadOptions
from srat_tool.cli.plan_options import loaded, plan_options


@click.command()
@plan_options
@click.option("--other")
def probe(tables: tuple[str, ...], options: PlanOptions, other: str | None) -> None:
    """Show what came in."""
    click.echo(f"{tables} {' '.join(options.boot_options)} {other}")


def test_notes_of_a_machine_are_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What was not found where it was looked for goes to standard error."""
    log = tmp_path / "dmesg"
    log.write_text("Linux version 6.1.0-56-cloud-amd64 (x)\n")
    (tmp_path / "tables").mkdir()
    loaded((str(tmp_path / "tables"),), PlanOptions(boot_log=str(log)), ReadOptions())
    assert "planning from the log alone" in capsys.readouterr().err


def test_options_come_as_one_value() -> None:
    """Boot options keep the order in which kernels read them."""
    done = CliRunner().invoke(
        probe, ["--movable-node", "--kernelcore=1G", "--movablecore=30%", "--other=x", "a", "b"]
    )
    assert done.output == "('a', 'b') kernelcore=1G movablecore=30% movable_node x\n"
