"""The sections of a spec."""

from __future__ import annotations

import pytest

from srat_tool.authoring.sections import SECTIONS
from srat_tool.grammar.registry import CODECS


def test_every_described_table_has_a_section() -> None:
    """What the grammar can decode, a spec can declare."""
    assert {section.signature for section in SECTIONS.values()} >= set(CODECS)


@pytest.mark.parametrize("name", list(SECTIONS))
def test_the_norm_names_the_fixed_part(name: str) -> None:
    """Every integer of the fixed part has its norm, and nothing else has."""
    section = SECTIONS[name]
    assert tuple(section.norm) == (section.codec.fixed.fields if section.codec.fixed else ())
