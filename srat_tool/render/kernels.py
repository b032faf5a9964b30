"""Kernel profiles with their evidence as text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from rich.text import Text

from srat_tool.base.words import joined, plural
from srat_tool.kernel.catalogue import CatalogueRow, KernelCatalogue, ReleaseAnswer
from srat_tool.kernel.evidence import ProfileEvidence
from srat_tool.kernel.profiles import NEWEST
from srat_tool.kernel.vendor import Vendor
from srat_tool.render.paper.console import Paper, fold, sentence, styled
from srat_tool.render.paper.tables import table
from srat_tool.render.paper.theme import DIM, HEADING, WARNING

_INDENT = 4
_HINT = (
    "--kernel RELEASE shows which profile answers for a release; --details adds what changed in "
    "each, and the evidence"
)


def kernels_lines(
    catalogue: KernelCatalogue, paper: Paper, *, everything: bool = False
) -> list[Text]:
    """Return the catalogue, what was asked for first.

    Args:
        catalogue: the profiles.
        paper: what is written on.
        everything: show the changes and the evidence of a whole list too; the answer for a release
            has them in any case.
    """
    if catalogue.answer is not None:
        return [*_answer(catalogue.answer, paper), Text(), *_whole(catalogue, paper)]
    summary = fold(styled(_summary(catalogue.rows), HEADING), paper, hanging=2)
    if everything:
        return [*summary, Text(), *_whole(catalogue, paper)]
    hints = fold(styled(_HINT, DIM), paper, hanging=2)
    return [*summary, *hints, *_profiles(catalogue.rows, paper), *_vendors(catalogue, paper)]


def _whole(catalogue: KernelCatalogue, paper: Paper) -> Iterator[Text]:
    for row in catalogue.rows:
        yield from _row(row, paper)
    if catalogue.answer is None:
        yield from (Text(), styled("Distributions", HEADING))
    for vendor in catalogue.vendors:
        yield from _vendor(vendor, paper)


def _summary(rows: Sequence[CatalogueRow]) -> str:
    counts = Counter(row.architecture for row in rows)
    archs = ", ".join(f"{name} {count}" for name, count in counts.items())
    return f"{plural(len(rows), 'kernel profile')}: {archs}; the default is {NEWEST.name}"


def _profiles(rows: Sequence[CatalogueRow], paper: Paper) -> Iterator[Text]:
    """Yield one line for each profile, by architecture."""
    for architecture, group in groupby(rows, key=lambda row: row.architecture):
        cells = [(row.name, row.releases, _grades(row.rests_on)) for row in group]
        yield from (Text(), styled(architecture, HEADING))
        yield from table(("profile", "releases", "evidence"), cells, paper)


def _vendors(catalogue: KernelCatalogue, paper: Paper) -> Iterator[Text]:
    cells = [
        (vendor.name, _grades(vendor.seen), "in part" if vendor.limit else "whole")
        for vendor in catalogue.vendors
    ]
    yield from (Text(), styled("distributions", HEADING))
    yield from table(("kernels of", "evidence", "modelled"), cells, paper)


def _grades(seen: Iterable[ProfileEvidence]) -> str:
    return ", ".join(dict.fromkeys(evidence.grade.value for evidence in seen)) or "-"


def _answer(answer: ReleaseAnswer, paper: Paper) -> Iterator[Text]:
    whose = "" if answer.vendor is None else f" ({answer.vendor.name})"
    words = f"{answer.release}{whose}: profile {answer.row.name}, because {answer.because}"
    yield from fold(sentence("", words), paper, hanging=_INDENT)
    if answer.doubt is not None:
        yield from fold(sentence("", styled(answer.doubt, WARNING)), paper, hanging=_INDENT)


def _row(row: CatalogueRow, paper: Paper) -> Iterator[Text]:
    title = styled(f"{row.name} ({row.architecture}): {row.releases}", HEADING)
    yield from fold(sentence("", title), paper, hanging=_INDENT)
    for change in row.changes:
        words = sentence("  ", change.what)
        if change.source:
            words.append_text(styled(f"; {change.source}", DIM))
        yield from fold(words, paper, hanging=_INDENT)
    yield from _evidence(row.rests_on, paper)


def _evidence(seen: Iterable[ProfileEvidence], paper: Paper) -> Iterator[Text]:
    words = joined([f"{evidence.grade.value} ({evidence.what})" for evidence in seen])
    if words:
        yield from fold(sentence("  ", f"evidence: {words}"), paper, hanging=_INDENT)


def _vendor(vendor: Vendor, paper: Paper) -> Iterator[Text]:
    yield from fold(sentence("", styled(vendor.name, HEADING)), paper, hanging=_INDENT)
    for change in vendor.changes:
        yield from fold(sentence("  ", change), paper, hanging=_INDENT)
    yield from _evidence(vendor.seen, paper)
    if vendor.limit is not None:
        yield from fold(sentence("  not modelled: ", vendor.limit), paper, hanging=_INDENT)
