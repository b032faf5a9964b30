"""`srattool why`."""

from __future__ import annotations

import pytest

from srat_tool.cli.main import run

RISER = "example:two-sockets-removable-riser"


def test_the_conclusion_comes_first(capsys: pytest.CaptureFixture[str]) -> None:
    """Then the remedy."""
    assert run(["why", "node0", RISER]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("Node 0 cannot be removed (32G): it contains the kernel image.")
    assert lines[1].startswith("Remedy: none: ")


def test_no_remedy_repeats_the_conclusion(capsys: pytest.CaptureFixture[str]) -> None:
    """A block that two nodes share is the whole reason; what changes it is in the firmware."""
    assert run(["why", "node1", RISER]) == 0
    _, remedy, *_ = capsys.readouterr().out.splitlines()
    assert remedy.startswith("Remedy: change the firmware")


def test_no_such_node(capsys: pytest.CaptureFixture[str]) -> None:
    """One line, and status 2."""
    assert run(["why", "node9", RISER]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_missing_target_is_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Where an input is in its place, this machine is not the one that was meant."""
    assert run(["why", RISER]) == 2
    assert f"TARGET is missing: {RISER} is an input" in capsys.readouterr().err


def test_all_nodes(capsys: pytest.CaptureFixture[str]) -> None:
    """`advise` without nodes lists each of them."""
    assert run(["advise", RISER]) == 0
    assert " nodes with memory removable now, kernel " in capsys.readouterr().out
