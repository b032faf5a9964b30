"""The views of a plan, and the formats that each has."""

from __future__ import annotations

import json

import pytest

from srat_tool.cli.main import run
from tests.support import ROOT

RISER = str(ROOT / "fixtures/bin/two-sockets-removable-riser")


def _out(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert run(["plan", *words]) == 0
    return capsys.readouterr().out


def test_alone_explain_walks_through_the_series(capsys: pytest.CaptureFixture[str]) -> None:
    """Under movablecore=acpi; the path after it is an input."""
    out = _out(capsys, "--movablecore=acpi", "--explain", RISER)
    assert "patch 7" in out


def test_alone_explain_without_the_series_is_every_node(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """There are no patches to walk through."""
    out = _out(capsys, "--movable-node", "--explain", RISER)
    assert out.startswith("3 nodes\n")


def test_explain_one_thing(capsys: pytest.CaptureFixture[str]) -> None:
    """A node, an address, a range; under the series too."""
    for policy in ("--movable-node", "--movablecore=acpi"):
        out = _out(capsys, policy, "--explain=node1", RISER)
        assert out.startswith("node 1: 32G of RAM in zone Movable; hot-pluggable, ")
        assert "SRAT +0x0228" in out


def test_explain_as_json_and_markdown(capsys: pytest.CaptureFixture[str]) -> None:
    """For scripts and for review comments."""
    words = ("--movable-node", "--explain=1", RISER, "--format")
    assert json.loads(_out(capsys, *words, "json"))["schema"] == "srattool.explain/1"
    assert _out(capsys, *words, "markdown").startswith("```text\nnode 1: ")


@pytest.mark.parametrize("words", [["--compare"], ["--policy", "all"]])
def test_policies_side_by_side(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    """Both spellings; text and JSON."""
    out = _out(capsys, *words, RISER)
    assert "movablecore=acpi" in out
    assert "movable_node" in out
    assert json.loads(_out(capsys, *words, RISER, "--format", "json"))["policies"]


def test_a_view_without_the_format_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    """Kernel lines are those of a plan."""
    assert run(["plan", "--compare", "--format", "dmesg", RISER]) == 2
    error = capsys.readouterr().err
    assert "--format: a comparison of policies has no such format, got dmesg" in error
    assert "expected text, json, svg, html or markdown" in error


def test_a_word_that_is_no_question_is_no_path(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing of that name exists, so that the error is about the question."""
    assert run(["plan", "--explain=banana", RISER]) == 2
    assert "not a node, an address or a range" in capsys.readouterr().err


@pytest.mark.parametrize("words", [[], ["--compare"], ["--details"]])
def test_nothing_is_wider_than_asked(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    """Pictures, tables and sentences alike."""
    out = _out(capsys, "--movable-node", "--width", "60", *words, RISER)
    assert max(map(len, out.splitlines())) <= 60


def test_unknown_node_is_no_answer(capsys: pytest.CaptureFixture[str]) -> None:
    """With the nodes that there are."""
    assert run(["plan", "--movable-node", "--explain=9", RISER]) == 2
    assert "expected one of 0-2" in capsys.readouterr().err


@pytest.mark.parametrize(("style", "begin"), [("svg", "<svg"), ("html", "<!DOCTYPE")])
@pytest.mark.parametrize("view", [[], ["--explain=node1"], ["--compare"]])
def test_files_of_every_view(
    capsys: pytest.CaptureFixture[str], style: str, begin: str, view: list[str]
) -> None:
    """Whole documents."""
    assert _out(capsys, *view, "--format", style, RISER).startswith(begin)
