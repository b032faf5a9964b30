"""The terms of art that the tool uses, read from the one file that explains them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple

from srat_tool.base.errors import SratToolError

FILE = Path(__file__).parents[1] / "data" / "glossary.toml"
_SUGGESTIONS = 3


class Term(NamedTuple):
    """One term of art.

    Attributes:
        name: as the tool's text writes it.
        text: its paragraph, one line.
        also: other spellings and names.
    """

    name: str
    text: str
    also: tuple[str, ...] = ()


def glossary() -> list[Term]:
    """Return all terms in alphabetical order."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["term"]
    terms = [Term(row["name"], row["text"], tuple(row.get("also", ()))) for row in rows]
    return sorted(terms, key=lambda term: _key(term.name))


def find_term(name: str) -> Term:
    """Return the term of a name or another spelling; case, `-`, `_` and spaces do not matter.

    Raises:
        SratToolError: when there is no such term; names the nearest.
    """
    terms = glossary()
    spellings = {_key(also): term for term in terms for also in term.also}
    spellings |= {_key(term.name): term for term in terms}
    if _key(name) not in spellings:
        raise SratToolError("no such term", got=repr(name[:80]), hint=_nearest(name, spellings))
    return spellings[_key(name)]


def _key(name: str) -> str:
    return name.casefold().replace("-", "").replace("_", "").replace(" ", "").rstrip("=")


def _nearest(name: str, spellings: dict[str, Term]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only a wrong name needs it

    key = _key(name[:80])
    near = get_close_matches(key, spellings, 1, 0.6)
    near = near or [one for one in spellings if key and key in one][:_SUGGESTIONS]
    names = list(dict.fromkeys(spellings[one].name for one in near))
    return " or ".join(names) if names else "srattool glossary for the list"
