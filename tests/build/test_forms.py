"""Every structure type that the grammar knows can be written down."""

from __future__ import annotations

import pytest

from srat_tool.build.forms import SRAT
from srat_tool.build.lines import Form
from srat_tool.grammar.srat import AFFINITIES


def test_every_affinity_has_a_form() -> None:
    """No type of the SRAT is only writable as raw bytes."""
    assert set(SRAT.by_type) == set(AFFINITIES.layouts)


@pytest.mark.parametrize("form", SRAT.forms, ids=lambda form: form.word)
def test_forms_name_real_fields(form: Form) -> None:
    """Columns, norms and flags speak of fields that the layout has."""
    named = {name for column in form.columns for name in column.fields} | set(form.norm)
    assert named <= set(form.layout.fields)
    assert not form.words or form.flags in form.layout.fields
