"""Every structure type that the grammar knows can be written down."""

from __future__ import annotations

import subprocess
import sys

import pytest

from srat_tool.authoring.languages import LANGUAGES
from srat_tool.authoring.lines import Form, Language

FORMS = [(name, form) for name, language in LANGUAGES.items() for form in language.forms]


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES)
def test_every_structure_has_a_form(language: Language) -> None:
    """No type that the grammar knows is only writable as raw bytes."""
    assert set(language.by_type) == set(language.family.layouts)


@pytest.mark.parametrize(("name", "form"), FORMS, ids=lambda value: getattr(value, "word", value))
def test_forms_name_real_fields(name: str, form: Form) -> None:
    """Columns, norms and flags speak of fields that the layout has."""
    named = {part for column in form.columns for part in column.fields} | set(form.norm)
    assert named <= set(form.layout.fields)
    assert not form.words or form.flags in form.layout.fields
    assert form is LANGUAGES[name].by_type[form.type]


def test_only_what_is_asked_for_is_imported() -> None:
    """A spec of one table costs the forms of that table."""
    program = (
        "import sys\n"
        "from srat_tool.authoring.languages import LANGUAGES\n"
        "LANGUAGES['srat'], list(LANGUAGES)\n"
        "print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert "srat_tool.authoring.forms.srat" in loaded
    assert not {"srat_tool.authoring.forms.madt", "srat_tool.tables.cedt"} & loaded
