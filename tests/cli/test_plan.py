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
    """The default is text; and a file gets the same."""
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


def test_explain_alone_walks_through_the_series() -> None:
    """The word after the option may be a table; the thirteen patches follow in boot order."""
    done = plan("--movablecore=acpi", "--explain", RISER)
    assert done.exit_code == 0
    assert done.stdout.startswith("ZONE_MOVABLE starts on node 1 at ")
    assert "\npatch 3: movablecore=acpi on the command line\n" in done.stdout
    assert "patch 13: " in done.stdout
    sections = json.loads(plan("--movablecore=acpi", "--format", "json", RISER, "--explain").stdout)
    assert sections["schema"] == "srattool.walk/1"
    assert {patch for s in sections["sections"] for patch in s["patches"]} == set(range(1, 14))


def test_movablecore_acpi_on_mainline_names_the_other_option() -> None:
    """It is parsed as a size of zero, which is reported."""
    text = plan("--movablecore=acpi", "--kernel", "6.1", RISER).stdout
    assert "reads as a size of zero; movable_node is the option that uses the SRAT" in text


def test_movablecore_acpi_wins_over_the_kernel_of_a_spec() -> None:
    """The option selects the series unless --kernel selects another kernel."""
    spec = "example:two-sockets-removable-riser"
    value = json.loads(plan("--movablecore=acpi", "--format", "json", spec).stdout)
    assert value["kernel"]["profile"] == "acpi2013"


def test_direct_map_is_an_input() -> None:
    """With 1G pages no page table is on a node."""
    value = json.loads(
        plan("--movablecore=acpi", "--direct-map", "1G", "--format", "json", RISER).stdout
    )
    assert "page tables" not in {row["what"] for row in value["node_local"]}
