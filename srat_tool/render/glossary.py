"""Terms of art for a terminal, and as a page of the documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import wrap

from srat_tool.base.glossary import Term

_LEAST = 48
"""Columns that a paragraph next to its term needs for its longest words."""


def term_text(term: Term, width: int) -> str:
    """Return one term with its other names and its paragraph, at most `width` columns wide."""
    also = f" (also: {', '.join(term.also)})" if term.also else ""
    return "\n".join([*_folded(term.name + also, width, ""), *_folded(term.text, width, "  ")])


def _folded(text: str, width: int, indent: str, first: str | None = None) -> list[str]:
    """Return lines of whole words."""
    return wrap(
        text,
        max(width, len(indent) + 20),
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_on_hyphens=False,
        break_long_words=False,
    )


def term_lines(terms: Iterable[Term], width: int) -> Iterator[str]:
    """Yield each term with the first sentence of its paragraph, folded at `width` columns."""
    rows = list(terms)
    column = max(len(term.name) for term in rows)
    for term in rows:
        first = f"{term.name:<{column}}  "
        words = term.text.partition(". ")[0].rstrip(".")
        if width - len(first) < _LEAST:
            yield term.name
            yield from _folded(words, width, "    ")
        else:
            yield from _folded(words, width, " " * len(first), first)


def glossary_markdown(terms: Iterable[Term]) -> str:
    """Return the terms as sections of a page."""
    parts = []
    for term in terms:
        also = f"*Also: {', '.join(term.also)}.*\n\n" if term.also else ""
        parts.append(f"## {term.name}\n\n{also}{_filled(term.text)}\n")
    return "\n".join(parts)


def _filled(text: str) -> str:
    return "\n".join(_folded(text, 100, ""))
