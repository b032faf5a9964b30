"""A chain of reasons as a tree."""

from __future__ import annotations

from srat_tool.plan.explain import Step
from srat_tool.render.paper.console import Paper, paint
from srat_tool.render.plan.explain import explain_lines

TREE = Step(
    "node 1",
    steps=(
        Step("the SRAT says", steps=(Step("domain 1 has memory", 0x58), Step("and processors"))),
        Step("zones", steps=(Step("[red]Movable\x1b"),)),
    ),
)


def _text(paper: Paper, root: Step = TREE, *, everything: bool = False) -> str:
    return paint(explain_lines(root, paper, everything=everything), paper)


def test_tree_with_drawn_limbs() -> None:
    """Offsets come first, hostile text is escaped."""
    assert _text(Paper()) == (
        "node 1\n"
        "├── the SRAT says\n"
        "│   ├── SRAT +0x0058  domain 1 has memory\n"
        "│   └── and processors\n"
        "└── zones\n"
        "    └── [red]Movable\\x1b\n"
    )


def test_tree_in_ascii() -> None:
    """The same limbs from other characters."""
    assert "|   |-- SRAT +0x0058  domain 1" in _text(Paper(unicode=False))
    assert _text(Paper(unicode=False)).isascii()


def test_long_links_are_folded_beside_the_trunk() -> None:
    """The trunk of what follows continues next to them."""
    tree = Step("r", steps=(Step("word " * 12), Step("last " * 12)))
    lines = _text(Paper(width=40), tree).splitlines()
    assert lines[1].startswith("├── word")
    assert lines[2].startswith("│     word")
    assert lines[-1].startswith("      last")
    assert max(map(len, lines)) <= 40


def test_many_links_are_capped() -> None:
    """With a line that states how many more, or all when asked for."""
    tree = Step("r", steps=tuple(Step(str(n)) for n in range(20)))
    assert _text(Paper(), tree).splitlines()[-1] == "└── ... and 8 more; --details shows all"
    assert len(_text(Paper(), tree, everything=True).splitlines()) == 21
