"""Work grows with a machine, not with its square: counted calls for each command and shape."""

from __future__ import annotations

import contextlib
import cProfile
import io
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from srat_tool.cli.main import run
from tests.shapes import SHAPES, write_machine

# With the places of the kernel and the initrd known there is one boot, not one for each place.
_KNOWN = ("--kernel-image", "16M-80M", "--initrd", "none")
COMMANDS: dict[str, tuple[str, ...]] = {
    "plan": ("plan", *_KNOWN, "%"),
    "plan-json": ("plan", "--format", "json", "--cmdline", "movable_node", *_KNOWN, "%"),
    "explain": ("plan", "--explain", "--cmdline", "movable_node", *_KNOWN, "%"),
    "compare": ("plan", "--compare", *_KNOWN, "%"),
    "advise": ("advise", *_KNOWN, "%"),
    "lint": ("lint", "-j1", "--isolated", "--show", "info", "%"),
    "decompile": ("decompile", "%"),
    "diff": ("diff", *_KNOWN, "%", "%"),
    "inspect": ("inspect", "%"),
}
SMALL, LARGE = 128, 512
# Four times the machine: n log n is 5.1 times the work, the square sixteen times.
MAX_RATIO = 6.0
# With a SLIT and a HMAT the input itself grows with the square of the nodes.
NODES = (32, 64)


_WARM: set[str] = set()


def _calls(words: tuple[str, ...], machine: Path) -> int:
    """Count the calls of a command, those of C included."""
    arguments = [str(machine) if word == "%" else word for word in words]
    profile = cProfile.Profile()
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        if arguments[0] not in _WARM:  # what is imported by then is not counted
            _WARM.add(arguments[0])
            run(arguments)
        profile.enable()
        status = run(arguments)
        profile.disable()
    assert status in {0, 1}
    return sum(entry.callcount for entry in profile.getstats())


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, int], Path]:
    """Return what writes each machine once."""
    folder = tmp_path_factory.mktemp("shapes")
    return cache(lambda shape, count: write_machine(folder, shape, count))


# Each of these is several plans; what they add to one is the same for every shape of few nodes.
_MANY_PLANS = ("compare", "advise", "diff")
# Their answers have something for each pair of nodes: with a node for each range they
# grow with the square of it by what they are.
_OF_PAIRS = ("plan-json",)
PAIRS = [
    (command, shape)
    for command in COMMANDS
    for shape in (("gaps", "nested", "distinct") if command in _MANY_PLANS else SHAPES)
    if not (command in _OF_PAIRS and shape == "distinct")
]


@pytest.mark.parametrize(("command", "shape"), PAIRS)
def test_work_grows_with_the_machine(
    command: str, shape: str, machines: Callable[[str, int], Path]
) -> None:
    """Ranges that touch, with gaps, hot, mixed, nested, backwards, in any order, of many nodes."""
    small, large = (_calls(COMMANDS[command], machines(shape, n)) for n in (SMALL, LARGE))
    assert large < MAX_RATIO * small, f"{small} calls, then {large}: {large / small:.1f} times"


@pytest.mark.parametrize("command", sorted(COMMANDS.keys() - {"advise", "compare"}))
def test_work_grows_with_the_matrices(command: str, machines: Callable[[str, int], Path]) -> None:
    """Nodes with distances, latencies and bandwidths of each pair: linear in these."""
    small, large = (_calls(COMMANDS[command], machines("full", n)) for n in NODES)
    assert large < MAX_RATIO * small, f"{small} calls, then {large}: {large / small:.1f} times"
