"""RAM and nodes as the kernel's own answer names them, for logs that show no memory map.

arm64 prints no map unless it is asked to, and the front of a long log is often lost.
"""

from __future__ import annotations

from typing import NamedTuple

from srat_tool.base.span import Span, intersect, union
from srat_tool.base.units import LOW_END, MIB
from srat_tool.observe.facts import BootLog, KernelAnswer
from srat_tool.tables.memmap import MapEntry, MemoryMap, MemoryType


class LoggedMemory(NamedTuple):
    """RAM by a log's own answer.

    Attributes:
        memory: the RAM.
        part: the lines that contain it, one of `answer.PARTS` or `added`.
        why: what they are, and what they do not show.
    """

    memory: MemoryMap
    part: str
    why: str


def logged_memory(log: BootLog) -> LoggedMemory | None:
    """Return RAM by the log's answer, from its most exact lines; None when no line contains it."""
    answer = log.answer
    if answer.node_ranges:
        cut = "" if answer.lists_all_ranges else ", which may be cut off"
        spans = [line.span for line in answer.node_ranges]
        return _logged(spans, "nodes", f"taken from the log's node ranges{cut}")
    if answer.faked is not None and answer.added:
        spans = [line.span for line in answer.added]
        return _logged(spans, "added", "taken from what the log's kernel gave to its one node")
    spans = [line.span for line in answer.setups if line.span is not None]
    if spans:
        return _logged(
            _inside(log, spans), "initmem", "taken from the log's spans of nodes: holes are unknown"
        )
    if answer.faked is not None:
        return _logged(
            _of_one_node(answer, answer.faked),
            "numa",
            "taken from the one node that the log's kernel made: holes are unknown",
        )
    spans = [line.span for line in answer.zones if line.span is not None]
    if spans:
        whole = Span(min(span.start for span in spans), max(span.end for span in spans))
        return _logged(
            _inside(log, [whole]), "zones", "taken from the log's zones: holes are unknown"
        )
    return None


def node_spans(log: BootLog) -> list[tuple[int, Span]]:
    """Return each node's ranges, joined where no other node is between, by address."""
    runs: list[tuple[int, Span]] = []
    for line in sorted(log.answer.node_ranges, key=lambda line: line.span):
        if line.nid < 0:
            continue
        if runs and runs[-1][0] == line.nid:
            runs[-1] = line.nid, Span(runs[-1][1].start, line.span.end)
        else:
            runs.append((line.nid, line.span))
    return runs


def _logged(spans: list[Span], part: str, why: str) -> LoggedMemory:
    entries = tuple(MapEntry(*span, MemoryType.RAM) for span in union(spans))
    return LoggedMemory(MemoryMap(entries=entries, what="the kernel's answer"), part, why)


def _inside(log: BootLog, spans: list[Span]) -> list[Span]:
    """Keep what is in a printed range of the SRAT, where there are any."""
    known = union(line.span for line in log.srat_memory if line.span)
    return intersect(spans, known) or spans if known else spans


def _of_one_node(answer: KernelAnswer, whole: Span) -> list[Span]:
    """Give RAM below 4 GiB the end that the printed sum of all RAM leaves for it."""
    if answer.coverage is None or whole.end <= LOW_END:
        return [whole]
    low = answer.coverage.total - (whole.end - LOW_END)
    if not 0 < low < LOW_END:
        return [whole]
    # The sum leaves out the page at 0 and what the BIOS keeps below 1 MiB; it is cut to whole MiB.
    return [Span(0, low + MIB), Span(LOW_END, whole.end)]
