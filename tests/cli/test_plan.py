import json
from pathlib import Path

from click.testing import CliRunner, Result

from srat_tool.cli.main import run
from srat_tool.cli.plan import command
from tests.support import ROOT

RISER = str(ROOT / "fixtures/bin/two-sockets-removable-riser")


def plan(*arguments: str) -> Result:
    return CliRunner().invoke(command, list(arguments), catch_exceptions=False)


def test_json_is_the_contract() -> None:
    """Standard output holds the answer and nothing else."""
    done = plan("--format", "json", "--movable-node", "--kernel", "6.1", RISER)
    assert done.exit_code == 0
    value = json.loads(done.stdout)
    assert value["schema"] == "srattool.plan/1"
    assert [start["nid"] for start in value["movable_start"]] == [1, 2]


def test_dmesg_lines() -> None:
    """The release decides about their form."""
    done = plan("--format", "dmesg", "--kernel", "3.14", RISER)
    assert "SRAT: Node 1 PXM 1 [mem 0x840000000-0x103fffffff] hotplug" in done.stdout.splitlines()


def test_text_names_every_hot_range() -> None:
    """For people; and a file gets the same."""
    done = plan("--movable-node", RISER)
    assert done.exit_code == 0
    assert "0x840000000" in done.stdout


def test_output_to_a_file(tmp_path: Path) -> None:
    """Nothing on standard output then."""
    target = tmp_path / "plan.json"
    done = plan("--format", "json", "-o", str(target), RISER)
    assert done.stdout == ""
    assert json.loads(target.read_text())["schema"] == "srattool.plan/1"


def test_errors_are_one_line_and_status_2(capfd: object) -> None:
    """Whatever is wrong with an option."""
    for arguments in (
        ["--kernel", "linux", RISER],
        ["--reserve", "x", RISER],
        ["--boot-log", "/nonexistent"],
        ["/nonexistent"],
    ):
        assert run(["plan", *arguments]) == 2
