"""The result of a plan in at most five sentences: the first lines of every renderer's answer."""

from __future__ import annotations

from typing import NamedTuple

from rich.text import Text

from srat_tool.base.units import format_size
from srat_tool.base.words import joined, plural, runs
from srat_tool.plan.plan import Plan
from srat_tool.plan.removability import REASONS, node_removals, verdict_line
from srat_tool.render.paper.console import Paper, fold, sentence
from srat_tool.render.paper.theme import DIM, ERROR, HEADING
from srat_tool.render.plan.facts import ALARMS, alarms, headline, result
from srat_tool.render.plan.pieces import NodePieces, cxl_windows

MAX_SENTENCES = 5
"""What comes after these is in the sections below the picture in any case."""
_UNCERTAIN = "not certain"
_ALARMING = frozenset(kind.value for kind in ALARMS)
_URGENT = _ALARMING | {_UNCERTAIN}
"""What is in every verdict."""

# Tiers, and runs of nodes, that one line names.
_TIERS = 4
_RUNS = 8


class VerdictSentence(NamedTuple):
    """One sentence, unescaped.

    Attributes:
        topic: the word in front of its colon; empty for the headline and for what names itself.
        text: the rest.
    """

    topic: str
    text: str


class _Form(NamedTuple):
    """The length of the sentences: so many reasons against a removal, and what of the kernel."""

    reasons: int
    kernel: str


_RELEASE, _PROFILE, _NO_KERNEL = "with its release", "with its profile", "without its name"
_FORMS = (
    _Form(REASONS, _RELEASE),
    *(_Form(reasons, _PROFILE) for reasons in range(REASONS, 0, -1)),
    _Form(1, _NO_KERNEL),
    _Form(0, _NO_KERNEL),
)
"""From the longest to the shortest."""


def verdict(plan: Plan, nodes: list[NodePieces]) -> list[VerdictSentence]:
    """Return the sentences, the most important first."""
    sentences = _sentences(plan, nodes, _FORMS[0])
    while len(sentences) > MAX_SENTENCES and _drop_last(sentences):
        pass
    return sentences


def verdict_lines(plan: Plan, nodes: list[NodePieces], paper: Paper) -> list[Text]:
    """Return the sentences, folded at the paper's width.

    Where that makes too many lines, words about the kernel and reasons go, then the last sentences:
    what they state is in the sections below in any case. An alarm, and that something is not
    certain, never go.
    """
    sentences: list[VerdictSentence] = []
    for form in _FORMS:
        sentences = _sentences(plan, nodes, form)
        lines = _folded(sentences, paper)
        if len(lines) <= MAX_SENTENCES:
            return lines
    while len(lines) > MAX_SENTENCES and _drop_last(sentences):
        lines = _folded(sentences, paper)
    return lines


def _drop_last(sentences: list[VerdictSentence]) -> bool:
    """Take the last sentence away that is no headline, alarm or doubt; return whether one is."""
    for number in range(len(sentences) - 1, 0, -1):
        if sentences[number].topic not in _URGENT:
            del sentences[number]
            return True
    return False


def _folded(sentences: list[VerdictSentence], paper: Paper) -> list[Text]:
    lines: list[Text] = []
    for number, (topic, text) in enumerate(sentences):
        style = ERROR if topic in _ALARMING else DIM
        line = sentence((f"{topic}: ", style) if topic else "", (text, "" if number else HEADING))
        lines += fold(line, paper, hanging=2)
    return lines


def _sentences(plan: Plan, nodes: list[NodePieces], form: _Form) -> list[VerdictSentence]:
    removable = verdict_line(node_removals(plan), form.reasons)
    sentences = [
        VerdictSentence("", _headline(plan, nodes, form.kernel)),
        *(VerdictSentence(alarm.kind.value, alarm.text) for alarm in alarms(plan)),
        VerdictSentence("", "" if plan.crash else removable),
        VerdictSentence(_UNCERTAIN, _guesses(plan)),
        VerdictSentence("windows", _windows(plan)),
        VerdictSentence("tiers", _tiers(plan)),
    ]
    return [one for one in sentences if one.text]


def _headline(plan: Plan, nodes: list[NodePieces], kernel: str) -> str:
    if kernel == _NO_KERNEL:
        return result(plan, nodes)
    return headline(plan, nodes, release=kernel == _RELEASE)


def _guesses(plan: Plan) -> str:
    parts = []
    if plan.assumptions:
        parts.append(f"{plural(len(plan.assumptions), 'input')} assumed")
    if plan.alternatives:
        parts.append(f"{plural(len(plan.alternatives), 'other outcome')} possible")
    return f"{joined(parts)} (listed below)" if parts else ""


def _windows(plan: Plan) -> str:
    """Return where memory can be added later: ranges of the SRAT, and windows of the CEDT."""
    size = sum(window.end - window.start for window in plan.hot_add)
    nids = sorted({window.nid for window in plan.hot_add if window.nid is not None})
    where = f" of {_nodes(nids)}" if nids else ""
    parts = [f"{format_size(size)}{where} can be added"] if plan.hot_add else []
    cxl = cxl_windows(plan)
    if cxl and sum(window.span.size for window in cxl) == size:
        return f"{parts[0]} ({plural(len(cxl), 'CXL window')})"
    if cxl:
        nids = sorted({window.nid for window in cxl if window.nid is not None})
        where = f", {_nodes(nids)}" if nids else ""
        room = format_size(sum(window.span.size for window in cxl))
        parts.append(f"{plural(len(cxl), 'CXL window')} ({room}{where})")
    return "; ".join(parts)


def _tiers(plan: Plan) -> str:
    # Without any of these inputs all memory of the boot is in one tier.
    found = plan.after_zones.tiers if plan.late_inputs else None
    if found is None or len(found.tiers) < 2:
        return ""
    shown = [_nodes(tier.nids) for tier in found.tiers[:_TIERS]]
    hidden = len(found.tiers) - len(shown)
    shown += [plural(hidden, "slower tier")] if hidden else []
    return ", then ".join(shown) + ", fastest first"


def _nodes(nids: list[int] | tuple[int, ...]) -> str:
    return f"{'node' if len(nids) == 1 else 'nodes'} {runs(nids, most=_RUNS)}"
