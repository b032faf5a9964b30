"""The form of a structure that can be disabled."""

from __future__ import annotations

from srat_tool.authoring.forms.shared import DOMAIN, enabled
from srat_tool.grammar.families import family_of
from srat_tool.tables.kinds import SRAT


def test_it_is_enabled_unless_off() -> None:
    """The first bit of its flags; `off` clears every bit."""
    form = enabled(family_of(SRAT), "gicc", 3, DOMAIN)
    assert form.complete({})["flags"] == 1
    assert form.words == {"off": -1}
    assert form.columns == (DOMAIN,)
