"""Terms of art for a terminal, and as a page of the documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import wrap

from srat_tool.base.glossary import Term


def term_text(term: Term, width: int) -> str:
    """Return one term with its other names and its paragraph, at most `width` columns wide."""
    also = f" (also: {', '.join(term.also)})" if term.also else ""
    lines = [*wrap(term.name + also, width), *_indented(term.text, width)]
    return "\n".join(lines)


def _indented(text: str, width: int) -> list[str]:
    return wrap(text, max(width, 20), initial_indent="  ", subsequent_indent="  ")


def term_lines(terms: Iterable[Term], width: int) -> Iterator[str]:
    """Yield each term with the first sentence of its paragraph, folded at `width` columns."""
    rows = list(terms)
    column = max(len(term.name) for term in rows)
    for term in rows:
        first = f"{term.name:<{column}}  "
        words = term.text.partition(". ")[0].rstrip(".")
        yield from wrap(first + words, max(width, column + 20), subsequent_indent=" " * len(first))


def glossary_markdown(terms: Iterable[Term]) -> str:
    """Return the terms as sections of a page."""
    parts = []
    for term in terms:
        also = f"*Also: {', '.join(term.also)}.*\n\n" if term.also else ""
        parts.append(f"## {term.name}\n\n{also}{_filled(term.text)}\n")
    return "\n".join(parts)


def _filled(text: str) -> str:
    return "\n".join(wrap(text, 100, break_on_hyphens=False, break_long_words=False))
