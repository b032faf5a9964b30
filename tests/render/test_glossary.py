"""Terms as text and as a page."""

from __future__ import annotations

from srat_tool.base.glossary import Term, glossary
from srat_tool.render.glossary import glossary_markdown, term_lines, term_text

TERM = Term("pfn", "A page frame number: an address divided by the page size. It counts.", ("pf",))


def test_a_term_fits_its_width() -> None:
    """The paragraph is wrapped and indented, other names are in the first line."""
    lines = term_text(TERM, 40).splitlines()
    assert lines[0] == "pfn (also: pf)"
    assert all(len(line) <= 40 for line in lines)
    assert all(line.startswith("  ") for line in lines[1:])


def test_the_list_has_every_term() -> None:
    """Name and first sentence, folded at the width: further lines are below the sentence."""
    lines = list(term_lines(glossary(), 60))
    assert len([line for line in lines if line[0] != " "]) == len(glossary())
    assert all(len(line) <= 60 for line in lines)
    assert list(term_lines([TERM], 99)) == [
        "pfn  A page frame number: an address divided by the page size"
    ]


def test_the_page_has_a_section_for_each_term() -> None:
    """Every term is a heading that can be linked to."""
    page = glossary_markdown(glossary())
    assert page.count("\n## ") + page.startswith("## ") == len(glossary())
