"""What would put a node into another memory tier, as text and as JSON values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.text import Text

from srat_tool.base.words import runs
from srat_tool.plan.advise_tier import Bounds, TierAdvice, TierMove
from srat_tool.render.paper.console import Paper, fold, sentence, styled
from srat_tool.render.paper.tables import table
from srat_tool.render.paper.theme import DIM, ERROR, GOOD, HEADING

SCHEMA = "srattool.tier-advice/1"
_HEAD = ("tier", "with", "latency, read and write", "or bandwidth, read and write")


def tier_advice_lines(advice: TierAdvice, paper: Paper) -> list[Text]:
    """Return where the node is, and which numbers put it elsewhere."""
    lines = fold(_verdict(advice), paper, hanging=2)
    for why in advice.because:
        lines += fold(sentence("  because ", why), paper, hanging=4)
    if advice.moves:
        lines += table(_HEAD, [_row(move) for move in advice.moves], paper, right=(0,))
    if advice.sources:
        lines += [Text(), styled("its numbers now:", HEADING)]
        for source in _sources(advice):
            lines += fold(styled(f"  {source}", DIM), paper, hanging=4)
    return lines


def _verdict(advice: TierAdvice) -> Text:
    place = "in no tier" if advice.number is None else f"in tier {advice.number}"
    what = f": node {advice.nid} is {place} (kernel {advice.kernel})"
    if advice.moves:
        return sentence(("yes", GOOD), f"{what}; its numbers from processors decide")
    return sentence(("no", ERROR), f"{what}; its numbers do not decide")


def _row(move: TierMove) -> tuple[str, ...]:
    others = f"node {runs(move.nids, most=4)}" if move.nids else "-"
    return (str(move.number), others, _bounds(move.latency, "ns"), _bounds(move.bandwidth, "MB/s"))


def _bounds(bounds: Bounds | None, unit: str) -> str:
    if bounds is None:
        return "none"
    if bounds.least == bounds.most:
        return f"{bounds.least} {unit}"
    return f"{bounds.least} to {bounds.most} {unit}"


def _sources(advice: TierAdvice) -> Iterator[str]:
    for name, source in advice.sources.items():
        value = getattr(advice.coordinate, name)
        yield (
            f"HMAT +0x{source.offset:04x}  {name.replace('_', ' ')} {value}: entry {source.raw} of "
            f"{source.unit}, from domain {source.initiator}"
        )


def tier_advice_value(advice: TierAdvice) -> dict[str, Any]:
    """Return JSON values; latencies are in ns, bandwidths in MB/s, bounds inclusive."""
    return {
        "schema": SCHEMA,
        "nid": advice.nid,
        "kernel": advice.kernel,
        "tier": advice.number,
        "adistance": advice.adistance,
        "numbers": None if advice.coordinate is None else advice.coordinate._asdict(),
        "moves": [
            {
                "tier": move.number,
                "nids": list(move.nids),
                "latency": None if move.latency is None else list(move.latency),
                "bandwidth": None if move.bandwidth is None else list(move.bandwidth),
            }
            for move in advice.moves
        ],
        "because": list(advice.because),
        "sources": [
            {"number": name, **source._asdict()} for name, source in advice.sources.items()
        ],
    }
