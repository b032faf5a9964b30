"""The glossary is one file, and everything in it is found."""

from __future__ import annotations

from collections import Counter

import pytest

from srat_tool.base.errors import SratToolError
from srat_tool.base.glossary import Term, _key, find_term, glossary

REQUIRED = (
    "kernel node",
    "node-local data",
    "NODE_DATA",
    "vmemmap",
    "ZONE_MOVABLE",
    "memory block",
    "PXM",
    "tier",
    "access class",
)


@pytest.mark.parametrize("term", glossary(), ids=lambda term: term.name)
def test_every_term_is_one_paragraph_of_sentences(term: Term) -> None:
    """One line, which ends in a full stop, and no other spelling of the name itself alone."""
    assert "\n" not in term.text
    assert term.text.endswith(".")
    assert 40 < len(term.text) < 600


def test_no_spelling_leads_to_two_terms() -> None:
    """Names and other spellings are unique, as they are compared."""
    spellings = Counter(
        key for term in glossary() for key in {_key(one) for one in (term.name, *term.also)}
    )
    assert [key for key, count in spellings.items() if count > 1] == []


@pytest.mark.parametrize("name", REQUIRED)
def test_the_terms_that_messages_use_are_explained(name: str) -> None:
    """What the plan prints without explanation is in the glossary."""
    assert find_term(name).text


@pytest.mark.parametrize("name", ["zone movable", "Zone_Movable", "ZONE-MOVABLE", "movable memory"])
def test_spelling_does_not_matter(name: str) -> None:
    """Case, underscores, hyphens and spaces are all one."""
    assert find_term(name).name == "ZONE_MOVABLE"


@pytest.mark.parametrize(
    ("name", "hint"), [("pxn", "proximity domain"), ("%", "for the list"), ("", "for the list")]
)
def test_an_unknown_term_is_answered_with_the_nearest(name: str, hint: str) -> None:
    """One line with what to try."""
    with pytest.raises(SratToolError) as caught:
        find_term(name)
    assert hint in caught.value.message
    assert "\n" not in caught.value.message
