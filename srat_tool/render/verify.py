"""A verification as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.text import Text

from srat_tool.compare.verified import Verdict, Verification, VerifiedPart
from srat_tool.render.look import DEFAULT, Look
from srat_tool.render.paper.console import fitted, paint, said, sentence
from srat_tool.render.paper.theme import ERROR, GOOD, WARNING

SCHEMA = "srattool.verify/1"
_ORDER = (Verdict.DIFFERENT, Verdict.UNKNOWN, Verdict.EQUAL)
_STYLES = {Verdict.EQUAL: GOOD, Verdict.DIFFERENT: ERROR, Verdict.UNKNOWN: WARNING}
_MARKS = {Verdict.EQUAL: "ok", Verdict.DIFFERENT: "DIFFERENT", Verdict.UNKNOWN: "?"}


def verification_text(result: Verification, look: Look = DEFAULT) -> str:
    """Return the verdict, then one line a part: what differs first, then what is unknown.

    Args:
        result: what to show.
        look: `verbose` shows every predicted line of the parts that are equal too.
    """
    paper = look.paper
    return paint(fitted(_lines(result, verbose=look.verbose), paper), paper)


def _lines(result: Verification, *, verbose: bool) -> Iterator[Text]:
    yield said(_summary(result), _STYLES[result.verdict])
    width = max((len(part.name) for part in result.parts), default=0)
    for part in sorted(result.parts, key=lambda part: _ORDER.index(part.verdict)):
        mark = (f"{_MARKS[part.verdict]:9}", _STYLES[part.verdict])
        yield sentence(f"{part.name:{width}}  ", mark, f"  {part.why}")
        if part.at is not None:
            yield from _difference(part)
        elif verbose:
            yield from (said(f"    {line}") for line in part.predicted)
    for note in result.notes:
        yield said(f"note: {note}")


def _difference(part: VerifiedPart) -> Iterator[Text]:
    assert part.at is not None  # noqa: S101 - only asked about parts that differ
    yield said(f"    first difference, #{part.at + 1}")
    yield said(f"      kernel  {_at(part.seen, part.at)}")
    yield said(f"      plan    {_at(part.predicted, part.at)}")
    for depth, link in enumerate(part.chain):
        yield said(f"      {'  ' * depth}{'because ' if depth == 0 else '-> '}{link}")


def _at(lines: tuple[str, ...], at: int) -> str:
    return lines[at] if at < len(lines) else "(nothing)"


def _summary(result: Verification) -> str:
    counts = dict.fromkeys(Verdict, 0)
    for part in result.parts:
        counts[part.verdict] += 1
    if result.verdict is Verdict.UNKNOWN:
        return "cannot tell: nothing that could be compared"
    return ", ".join(f"{count} {verdict.value}" for verdict, count in counts.items() if count)


def verification_json(result: Verification) -> dict[str, Any]:
    """Return the whole result for `json.dumps`."""
    return {
        "schema": SCHEMA,
        "verdict": result.verdict.value,
        "parts": [
            {
                "name": part.name,
                "verdict": part.verdict.value,
                "why": part.why,
                "first_difference": part.at,
                "predicted": list(part.predicted),
                "seen": list(part.seen),
                "chain": list(part.chain),
            }
            for part in result.parts
        ],
        "notes": list(result.notes),
    }
