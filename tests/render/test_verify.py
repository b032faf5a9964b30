"""A verification as text and for programs."""

from __future__ import annotations

from srat_tool.compare.verified import Verdict, Verification, VerifiedPart
from srat_tool.render.paper.console import Paper, paint
from srat_tool.render.paper.tables import TableText
from srat_tool.render.verify import verification_json, verification_lines

RESULT = Verification(
    parts=(
        VerifiedPart(
            name="zones", verdict=Verdict.EQUAL, why="4 lines", predicted=("a",), seen=("a",)
        ),
        VerifiedPart(
            name="nodes",
            verdict=Verdict.DIFFERENT,
            why="2 lines",
            at=1,
            predicted=("x", "y"),
            seen=("x",),
            chain=("SRAT+0x0030: \x1b[31m", "node 1"),
        ),
        VerifiedPart(name="initmem", verdict=Verdict.UNKNOWN, why="the log ends before it"),
    ),
    notes=("/proc/iomem: only root",),
)

LEFT_OUT = "1 cannot tell (initmem)"
VERDICT = f"the kernel did not do what was planned: 1 different (nodes), 1 equal, {LEFT_OUT}"


def shown(result: Verification, *, verbose: bool = False) -> list[str]:
    """Return the lines of a result as text."""
    return paint(verification_lines(result, Paper(), verbose=verbose), Paper()).splitlines()


def test_text() -> None:
    """The answer first, then one line a part, differences at the top, escapes made visible."""
    assert shown(RESULT) == [
        VERDICT,
        "nodes    DIFFERENT  2 lines",
        "    first difference, #2",
        "      kernel  (nothing)",
        "      plan    y",
        "      because SRAT+0x0030: \\x1b[31m",
        "        -> node 1",
        "initmem  ?          the log ends before it",
        "zones    ok         4 lines",
        "note: /proc/iomem: only root",
    ]


def test_verbose_shows_what_is_equal() -> None:
    """The lines of equal parts are below them."""
    assert "    a" in shown(RESULT, verbose=True)


def test_nothing_to_compare() -> None:
    """A missing verdict is written in words."""
    assert shown(Verification(parts=())) == ["cannot tell: nothing could be compared"]


def test_the_answer_is_in_words() -> None:
    """Whether the kernel did what was planned, and the names of the parts that were left out."""
    zones, _, initmem = RESULT.parts
    equal = "the kernel did what was planned: 1 equal"
    assert shown(Verification(parts=(zones,)))[0] == equal
    assert shown(Verification(parts=(zones, initmem)))[0] == f"{equal}, {LEFT_OUT}"


def test_a_page_has_a_table() -> None:
    """A row a part, and below it what differs, by part."""
    first, parts, *rest = verification_lines(RESULT, Paper(keeps_tables=True))
    assert first.plain == VERDICT
    assert isinstance(parts, TableText)
    assert [cell.plain for cell in parts.rows[0]] == ["nodes", "DIFFERENT", "2 lines"]
    assert [line.plain for line in rest][:2] == ["nodes", "    first difference, #2"]


def test_json() -> None:
    """Everything is there, under a schema name."""
    found = verification_json(RESULT)
    assert (found["schema"], found["verdict"]) == ("srattool.verify/1", "different")
    assert found["parts"][1]["first_difference"] == 1
    assert found["notes"] == ["/proc/iomem: only root"]
