"""Kernel profiles with their evidence as text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.text import Text

from srat_tool.base.words import joined
from srat_tool.kernel.catalogue import CatalogueRow, KernelCatalogue, ReleaseAnswer
from srat_tool.kernel.evidence import ProfileEvidence
from srat_tool.kernel.vendors import Vendor
from srat_tool.render.paper.console import Paper, fold, said, sentence
from srat_tool.render.paper.theme import DIM, HEADING, WARNING

_INDENT = 4


def kernels_lines(catalogue: KernelCatalogue, paper: Paper) -> list[Text]:
    """Return the catalogue, the answer for a release first."""
    lines: list[Text] = []
    if catalogue.answer is not None:
        lines += [*_answer(catalogue.answer, paper), Text()]
    for row in catalogue.rows:
        lines += _row(row, paper)
    if catalogue.answer is None:
        lines += [Text(), said("Distributions", HEADING)]
    for vendor in catalogue.vendors:
        lines += _vendor(vendor, paper)
    return lines


def _answer(answer: ReleaseAnswer, paper: Paper) -> Iterator[Text]:
    whose = "" if answer.vendor is None else f" ({answer.vendor.name})"
    words = f"{answer.release}{whose}: profile {answer.row.name}, because {answer.because}"
    yield from fold(sentence("", words), paper, hanging=_INDENT)
    if answer.doubt is not None:
        yield from fold(sentence("", said(answer.doubt, WARNING)), paper, hanging=_INDENT)


def _row(row: CatalogueRow, paper: Paper) -> Iterator[Text]:
    title = said(f"{row.name} ({row.architecture}): {row.releases}", HEADING)
    yield from fold(sentence("", title), paper, hanging=_INDENT)
    for change in row.changes:
        words = sentence("  ", change.what)
        if change.source:
            words.append_text(said(f"; {change.source}", DIM))
        yield from fold(words, paper, hanging=_INDENT)
    yield from _evidence(row.rests_on, paper)


def _evidence(seen: Iterable[ProfileEvidence], paper: Paper) -> Iterator[Text]:
    words = joined([f"{evidence.grade.value} ({evidence.what})" for evidence in seen])
    if words:
        yield from fold(sentence("  ", f"evidence: {words}"), paper, hanging=_INDENT)


def _vendor(vendor: Vendor, paper: Paper) -> Iterator[Text]:
    yield from fold(sentence("", said(vendor.name, HEADING)), paper, hanging=_INDENT)
    for change in vendor.changes:
        yield from fold(sentence("  ", change), paper, hanging=_INDENT)
    yield from _evidence(vendor.seen, paper)
    if vendor.limit is not None:
        yield from fold(sentence("  not modelled: ", vendor.limit), paper, hanging=_INDENT)
