"""`srattool advise`: exit status, streams, and the list of nodes."""

from __future__ import annotations

import json

import pytest

from srat_tool.base.errors import BootOptionError
from srat_tool.cli.advise import node_numbers
from srat_tool.cli.main import run
from tests.support import ROOT

RISER = str(ROOT / "fixtures/bin/two-sockets-removable-riser")


def test_possible_is_0(capsys: pytest.CaptureFixture[str]) -> None:
    """The answer goes to standard output, nothing else goes anywhere."""
    assert run(["advise", "--removable", "1-2", "--hardware", "virtual", RISER]) == 0
    captured = capsys.readouterr()
    assert captured.out.startswith("yes: nodes 1 and 2")
    assert captured.err == ""


def test_impossible_is_1(capsys: pytest.CaptureFixture[str]) -> None:
    """The status is 1, with a reason."""
    assert run(["advise", "--removable", "0", "--format", "json", RISER]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert answer["possible"] is False
    assert answer["because"]


@pytest.mark.parametrize("nodes", ["", "a", "1-", "1,,2", "99999"])
def test_what_is_no_list_of_nodes_is_2(nodes: str, capsys: pytest.CaptureFixture[str]) -> None:
    """One line states what was expected."""
    assert run(["advise", "--removable", nodes, RISER]) == 2
    assert "--removable: not a list of nodes" in capsys.readouterr().err


def test_node_numbers() -> None:
    """Numbers and ranges; a backwards range is no range."""
    assert node_numbers("1,3-5") == [1, 3, 4, 5]
    with pytest.raises(BootOptionError):
        node_numbers("5-3")


def test_planned_dimms_are_another_question(capsys: pytest.CaptureFixture[str]) -> None:
    """0 when Linux takes them, 1 when it does not, 2 for both questions at once."""
    assert run(["advise", "--dimm", "64G,pxm=1", RISER]) == 0
    assert capsys.readouterr().out.startswith("yes: 1 DIMM can be added")
    assert run(["advise", "--dimm", "3000,pxm=1", RISER]) == 1
    assert run(["advise", "--dimm", "64G,pxm=1", "--removable", "1", RISER]) == 2
    assert "two questions at once" in capsys.readouterr().err


def test_another_tier(capsys: pytest.CaptureFixture[str]) -> None:
    """0 where numbers decide, 1 where something else does."""
    window = str(ROOT / "fixtures/bin/cxl-window")
    assert run(["advise", "--tier", "0", "--kernel", "7.2", window]) == 1
    assert "is the reference" in capsys.readouterr().out
    assert run(["advise", "--tier", "0", "--dimm", "64G,pxm=1", RISER]) == 2
    assert "two questions at once" in capsys.readouterr().err
