"""The table of formats: every cell renders, every gap is an error, every option comes from it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from xml.dom.minidom import parseString

import click
import pytest

from srat_tool.cli.look import FormatOption
from srat_tool.cli.main import COMMANDS, cli, run
from srat_tool.fleet.formats import FORMATS as FLEET_FORMATS
from srat_tool.render.drawn import DRAWN
from srat_tool.render.formats import (
    TABLE,
    Drawn,
    FormatError,
    formats_of,
    json_value,
    rendered,
)
from srat_tool.render.look import Look
from tests.cli.test_verify import LOG
from tests.render.answers import answers
from tests.support import ROOT, table_bytes

ANSWERS = answers()
# A format that an answer loses is an error; a new one is a line here.
CELLS_EXPECTED = {
    "Plan": "text json dmesg svg html markdown",
    "Step": "text json svg html markdown",
    "SeriesWalk": "text json svg html markdown",
    "PolicyComparison": "text json svg html markdown",
    "Why": "text json svg html markdown",
    "RemovalOverview": "text json svg html markdown",
    "DimmWindows": "text json svg html markdown",
    "MemoryBlocks": "text json svg html markdown",
    "Diff": "text json markdown svg html",
    "Advice": "text json svg html markdown",
    "TierAdvice": "text json svg html markdown",
    "KernelCatalogue": "text json svg html markdown",
    "Verification": "text json svg html markdown",
    "Report": "text json sarif junit github gitlab html",
    "Found": "text json",
    "Verdicts": "text json html",
    "Inspection": "text json jsonl csv html",
    "MachineReport": "text html",
}
ALL_FORMATS = formats_of(*TABLE)
CELLS = [(name, form) for name, row in TABLE.items() for form in row.cells]
TRIED = [(name, form) for name in TABLE for form in (*ALL_FORMATS, "yaml", "")]
GAPS = [tried for tried in TRIED if tried not in CELLS]
RISER = str(ROOT / "fixtures/bin/two-sockets-removable-riser")
BAD = table_bytes(b"SLIT", (1).to_bytes(8, "little") + bytes([11]))
# Command lines that lead to each kind of answer of a command with --format.
WAYS = {
    "plan": {
        "Plan": ["plan", RISER],
        "Step": ["plan", "--explain=node1", RISER],
        "SeriesWalk": ["plan", "--movablecore=acpi", "--explain", RISER],
        "PolicyComparison": ["plan", "--compare", RISER],
        "MemoryBlocks": ["plan", "--blocks", RISER],
    },
    "why": {"Why": ["why", "node1", RISER]},
    "diff": {"Diff": ["diff", RISER, RISER]},
    "extract": {"Found": ["extract", "--list", RISER]},
    "inspect": {"Inspection": ["inspect", RISER]},
    "advise": {
        "Advice": ["advise", "--removable=1", RISER],
        "TierAdvice": ["advise", "--tier=0", RISER],
        "RemovalOverview": ["advise", RISER],
        "DimmWindows": ["advise", "--dimm=4G,pxm=1", RISER],
    },
    "kernels": {"KernelCatalogue": ["kernels", "--kernel", "6.12"]},
    "lint": {
        "Report": ["lint", "--isolated", "--exit-zero", "bad.bin"],
        "Verdicts": ["lint", "--isolated", "--exit-zero", "--verdicts", RISER],
    },
    "verify": {"Verification": ["verify", "boot.log"]},
}


def _text(name: str, form: str) -> str:
    return "".join(rendered(ANSWERS[name], form))


@pytest.mark.parametrize("name", list(TABLE))
def test_every_row_is_a_class(name: str) -> None:
    """Of the module that the row names; there is a sample of it."""
    kind = getattr(import_module(TABLE[name].home), name)
    assert type(ANSWERS[name]) is kind


@pytest.mark.parametrize(("name", "form"), CELLS)
def test_every_cell_renders(name: str, form: str) -> None:
    """Some text, with and without a width."""
    assert _text(name, form).strip()
    assert "".join(rendered(ANSWERS[name], form, Look(width=80, everything=True, hexdump=True)))


CHECKS: dict[str, Callable[[str], object]] = {
    "json": json.loads,
    "sarif": json.loads,
    "gitlab": json.loads,
    "jsonl": lambda text: [json.loads(line) for line in text.splitlines()],
    "csv": lambda text: list(csv.DictReader(io.StringIO(text), strict=True)),
    "svg": parseString,
    "junit": parseString,
    "html": lambda text: text.startswith("<!DOCTYPE html>") or pytest.fail(text[:80]),
}


@pytest.mark.parametrize(("name", "form"), [cell for cell in CELLS if cell[1] in CHECKS])
def test_every_cell_is_what_its_name_says(name: str, form: str) -> None:
    """JSON parses, XML too: no cell falls through to another format."""
    CHECKS[form](_text(name, form))


@pytest.mark.parametrize("name", list(TABLE))
def test_no_two_formats_are_one(name: str) -> None:
    """Each cell of a row gives another text."""
    texts = [_text(name, form) for form in TABLE[name].cells]
    assert len(set(texts)) == len(texts)


@pytest.mark.parametrize(("name", "form"), GAPS)
def test_every_gap_is_an_error(name: str, form: str) -> None:
    """It names the formats that there are; nothing is rendered."""
    with pytest.raises(FormatError) as error:
        rendered(ANSWERS[name], form)
    for there in TABLE[name].cells:
        assert there in str(error.value.expected)


def test_no_answer_is_an_error() -> None:
    """Values that the table does not know have no format at all."""
    with pytest.raises(FormatError, match="not an answer, got int"):
        rendered(1)
    with pytest.raises(FormatError):
        json_value(None)


@pytest.mark.parametrize("name", [name for name, row in TABLE.items() if "json" in row.cells])
def test_values_are_what_json_says(name: str) -> None:
    """Whoever takes the values gets what whoever parses the text gets."""
    assert json.loads(json.dumps(json_value(ANSWERS[name]))) == json.loads(_text(name, "json"))


def test_drawn_cells_have_a_drawn_format() -> None:
    """Lines can only be put into the formats that show lines."""
    cells = [(form, cell) for row in TABLE.values() for form, cell in row.cells.items()]
    assert all(form in DRAWN for form, cell in cells if isinstance(cell, Drawn))


@pytest.fixture
def _inputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "boot.log").write_text(LOG)
    (tmp_path / "bad.bin").write_bytes(BAD)
    monkeypatch.chdir(tmp_path)


def _format_options(name: str) -> list[click.Parameter]:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    return [one for one in command.params if "--format" in one.opts]


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_offers_exactly_its_cells(name: str) -> None:
    """The choices of `--format` come from the table, and each of its answers is tried below."""
    for option in _format_options(name):
        if name == "fleet":  # its rows are a stream of a room above render, with its own table
            assert isinstance(option.type, click.Choice)
            assert list(option.type.choices) == list(FLEET_FORMATS)
            continue
        assert isinstance(option, FormatOption)
        assert isinstance(option.type, click.Choice)
        assert tuple(option.type.choices) == formats_of(*option.answers)
        assert set(WAYS[name]) == set(option.answers)


@pytest.mark.usefixtures("_inputs")
@pytest.mark.parametrize("form", [*ALL_FORMATS, "yaml"])
@pytest.mark.parametrize(("command", "answer"), [(c, a) for c, ways in WAYS.items() for a in ways])
def test_every_command_renders_the_cell_or_ends_with_2(
    command: str,
    answer: str,
    form: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What is not in the table gives no text and names the formats of the answer."""
    words = WAYS[command][answer]
    status = run([*words, "--format", form])
    out, err = capsys.readouterr()
    if form in TABLE[answer].cells:
        assert status in {0, 1}, err
        assert out.strip()
        CHECKS.get(form, len)(out)
    else:
        assert (status, out) == (2, "")
        assert "json" in err


def test_no_answer_loses_a_format() -> None:
    """The formats of each kind of answer, as documents and scripts rely on them."""
    assert {name: " ".join(row.cells) for name, row in TABLE.items()} == CELLS_EXPECTED
