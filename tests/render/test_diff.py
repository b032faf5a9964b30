"""A comparison as text, for scripts and for review comments."""

from __future__ import annotations

from srat_tool.compare.change import ChangeKind, TableChange
from srat_tool.compare.diff import Diff
from srat_tool.compare.plans import Effect
from srat_tool.render.diff import diff_lines, diff_markdown
from srat_tool.render.paper.console import Paper, paint

FLAG = TableChange("SRAT", ChangeKind.FLAG, "memory 0x0-0xfff (4K) is now hot-pluggable", 48, 48)
MOVED = TableChange("SRAT", ChangeKind.ADDED, "[red]x\x1b", None, 0x100)
EFFECT = Effect(1, "Movable", "0B", "4K")


def diff(*changes: TableChange, effects: tuple[Effect, ...] | None = (EFFECT,)) -> Diff:
    """Return a comparison of two machines with these changes."""
    return Diff(before="a", after="b", changes=changes, effects=effects, kernel="kernel 6.1")


def _text(made: Diff, paper: Paper | None = None) -> str:
    paper = paper or Paper(width=200)
    return paint(diff_lines(made, paper), paper)


def test_text() -> None:
    """How much differs, then by table, then what that changes, with the places in both tables."""
    assert _text(diff(FLAG, MOVED), Paper(width=200, unicode=False)) == (
        "2 differences in the tables: SRAT 2\n"
        "1 effect on nodes and zones (kernel 6.1)\n"
        "\n"
        "SRAT: 2 differences\n"
        "  flag        memory 0x0-0xfff (4K) is now hot-pluggable  (+0x0030)\n"
        "  added       [red]x\\x1b  (none -> +0x0100)\n"
        "\n"
        "effects on nodes and zones:\n"
        "  node 1: Movable was 0B, is 4K\n"
    )


def test_no_difference() -> None:
    """One line; equal tables of which different things come are none."""
    assert _text(diff(effects=())) == "no difference\n"
    assert diff_markdown(diff(effects=())) == "No difference.\n"
    assert _text(diff()).startswith("the tables do not differ\n")
    assert "Movable was 0B" in diff_markdown(diff())


def test_no_effect_and_unknown_effect_differ() -> None:
    """Nothing changes is an answer; not knowing is another."""
    assert "nodes and zones stay as they are (kernel 6.1)" in _text(diff(FLAG, effects=()))
    assert "are unknown: kernel 6.1" in _text(diff(FLAG, effects=None))
    assert "are unknown: kernel 6.1" in _text(diff(effects=None))
    assert "are unknown: kernel 6.1" in diff_markdown(diff(effects=None))


def test_markdown() -> None:
    """Bullets by table, words that mean nothing to Markdown."""
    text = diff_markdown(diff(FLAG, MOVED))
    assert "**SRAT**\n\n- **flag**: memory 0x0-0xfff (4K) is now hot-pluggable\n" in text
    assert "- **added**: \\[red\\]x\\\\x1b\n" in text
    assert text.endswith("**What that changes** (kernel 6.1)\n\n- node 1: Movable was 0B, is 4K\n")
