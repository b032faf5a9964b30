"""A verification as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from srat_tool.base.text import printable
from srat_tool.compare.verified import Verdict, Verification, VerifiedPart
from srat_tool.render.look import DEFAULT, Look

SCHEMA = "srattool.verify/1"
_MARKS = {Verdict.EQUAL: "ok", Verdict.DIFFERENT: "DIFFERENT", Verdict.UNKNOWN: "?"}


def verification_text(result: Verification, look: Look = DEFAULT) -> str:
    """Return one line a part, the first difference explained below its part.

    Args:
        result: what to show.
        look: `verbose` shows every predicted line of the parts that are equal too.
    """
    return "\n".join(_lines(result, verbose=look.verbose))


def _lines(result: Verification, *, verbose: bool) -> Iterator[str]:
    width = max((len(part.name) for part in result.parts), default=0)
    for part in result.parts:
        yield f"{part.name:{width}}  {_MARKS[part.verdict]:9}  {part.why}".rstrip()
        if part.at is not None:
            yield from _difference(part)
        elif verbose:
            yield from (f"    {printable(line)}" for line in part.predicted)
    for note in result.notes:
        yield f"note: {printable(note)}"
    yield _summary(result)


def _difference(part: VerifiedPart) -> Iterator[str]:
    assert part.at is not None  # noqa: S101 - only asked about parts that differ
    yield f"    first difference, #{part.at + 1}"
    yield f"      kernel  {_at(part.seen, part.at)}"
    yield f"      plan    {_at(part.predicted, part.at)}"
    for depth, link in enumerate(part.chain):
        yield f"      {'  ' * depth}{'because ' if depth == 0 else '-> '}{printable(link)}"


def _at(lines: tuple[str, ...], at: int) -> str:
    return printable(lines[at]) if at < len(lines) else "(nothing)"


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
