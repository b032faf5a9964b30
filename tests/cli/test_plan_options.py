import click
from click.testing import CliRunner

from srat_tool.api.options import PlanOptions
from srat_tool.cli.plan_options import plan_options


@click.command()
@plan_options
@click.option("--other")
def probe(options: PlanOptions, other: str | None) -> None:
    """Show what came in."""
    click.echo(f"{options.tables} {' '.join(options.boot_options)} {other}")


def test_options_come_as_one_value() -> None:
    """Boot options keep the order in which kernels read them."""
    done = CliRunner().invoke(
        probe, ["--movable-node", "--kernelcore=1G", "--movablecore=30%", "--other=x", "a", "b"]
    )
    assert done.output == "('a', 'b') kernelcore=1G movablecore=30% movable_node x\n"
