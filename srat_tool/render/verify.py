"""A verification as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.text import Text

from srat_tool.base.words import joined
from srat_tool.compare.verified import Verdict, Verification, VerifiedPart
from srat_tool.render.paper.console import Paper, fitted, sentence, styled
from srat_tool.render.paper.tables import table
from srat_tool.render.paper.theme import ERROR, GOOD, HEADING, WARNING

SCHEMA = "srattool.verify/1"
_ORDER = (Verdict.DIFFERENT, Verdict.UNKNOWN, Verdict.EQUAL)
_STYLES = {Verdict.EQUAL: GOOD, Verdict.DIFFERENT: ERROR, Verdict.UNKNOWN: WARNING}
_MARK_WIDTH = 9
_MARKS = {Verdict.EQUAL: "ok", Verdict.DIFFERENT: "DIFFERENT", Verdict.UNKNOWN: "?"}


def verification_lines(result: Verification, paper: Paper, *, verbose: bool = False) -> list[Text]:
    """Return the answer in words, then one line a part: what differs first, then what is unknown.

    Args:
        result: what to show.
        paper: where it goes.
        verbose: show every predicted line of the parts that are equal too.
    """
    parts = sorted(result.parts, key=lambda part: _ORDER.index(part.verdict))
    lines = [styled(_summary(result), _STYLES[result.verdict])]
    if paper.keeps_tables:
        rows = [(styled(part.name), _mark(part), styled(part.why)) for part in parts]
        lines += table(("part", "verdict", "compared"), rows, paper)
    width = max((len(part.name) for part in parts), default=0)
    for part in parts:
        below = [*_below(part, verbose=verbose)]
        if not paper.keeps_tables:
            mark = _mark(part)
            mark.pad_right(max(0, _MARK_WIDTH - len(mark)))
            lines.append(sentence(f"{part.name:{width}}  ", mark, f"  {part.why}"))
        elif below:
            lines.append(styled(part.name, HEADING))
        lines += below
    lines += [styled(f"note: {note}") for note in result.notes]
    return fitted(lines, paper)


def _mark(part: VerifiedPart) -> Text:
    return styled(_MARKS[part.verdict], _STYLES[part.verdict])


def _below(part: VerifiedPart, *, verbose: bool) -> Iterator[Text]:
    """Yield the first difference of a part, or where asked for what is equal."""
    if part.at is not None:
        yield from _difference(part)
    elif verbose:
        yield from (styled(f"    {line}") for line in part.predicted)


def _difference(part: VerifiedPart) -> Iterator[Text]:
    assert part.at is not None  # noqa: S101 - only asked about parts that differ
    yield styled(f"    first difference, #{part.at + 1}")
    yield styled(f"      kernel  {_at(part.seen, part.at)}")
    yield styled(f"      plan    {_at(part.predicted, part.at)}")
    for depth, link in enumerate(part.chain):
        yield styled(f"      {'  ' * depth}{'because ' if depth == 0 else '-> '}{link}")


def _at(lines: tuple[str, ...], at: int) -> str:
    return lines[at] if at < len(lines) else "(nothing)"


def _summary(result: Verification) -> str:
    """Return the answer in words, then how many parts came to what, and which of them."""
    if result.verdict is Verdict.UNKNOWN:
        return "cannot tell: nothing could be compared"
    counts = []
    for verdict in (Verdict.DIFFERENT, Verdict.EQUAL, Verdict.UNKNOWN):
        names = [part.name for part in result.parts if part.verdict is verdict]
        which = "" if verdict is Verdict.EQUAL else f" ({joined(names)})"
        counts += [f"{len(names)} {verdict.value}{which}"] if names else []
    same = result.verdict is Verdict.EQUAL
    answer = "the kernel did what was planned" if same else "the kernel did not do what was planned"
    return f"{answer}: {', '.join(counts)}"


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
