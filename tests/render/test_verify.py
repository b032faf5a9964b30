"""A verification for people and for programs."""

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


def shown(result: Verification, *, verbose: bool = False) -> list[str]:
    """Return the lines of a result as text."""
    return paint(verification_lines(result, Paper(), verbose=verbose), Paper()).splitlines()


def test_text() -> None:
    """The count first, then one line a part, differences at the top, escapes made visible."""
    assert shown(RESULT) == [
        "1 equal, 1 different, 1 cannot tell",
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
    """The lines of equal parts stand below them."""
    assert "    a" in shown(RESULT, verbose=True)


def test_nothing_to_compare() -> None:
    """No verdict is said in words."""
    assert shown(Verification(parts=()))[0].startswith("cannot tell")


def test_a_page_has_a_table() -> None:
    """A row a part, and below it what differs, by part."""
    first, parts, *rest = verification_lines(RESULT, Paper(keeps_tables=True))
    assert first.plain == "1 equal, 1 different, 1 cannot tell"
    assert isinstance(parts, TableText)
    assert [cell.plain for cell in parts.rows[0]] == ["nodes", "DIFFERENT", "2 lines"]
    assert [line.plain for line in rest][:2] == ["nodes", "    first difference, #2"]


def test_json() -> None:
    """Everything is there, under a schema name."""
    found = verification_json(RESULT)
    assert (found["schema"], found["verdict"]) == ("srattool.verify/1", "different")
    assert found["parts"][1]["first_difference"] == 1
    assert found["notes"] == ["/proc/iomem: only root"]
