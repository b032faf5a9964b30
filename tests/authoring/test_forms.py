"""Every structure type that the grammar knows can be written down."""

from __future__ import annotations

import pytest

from srat_tool.authoring.forms import LANGUAGES
from srat_tool.authoring.lines import Form, Language, SpecLine, join_runs

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


@pytest.mark.parametrize(
    ("name", "text", "size"),
    [
        ("hmat", "memory 2 0", 40),
        ("hmat", "memory 2 0 unattached", 40),
        ("hmat", "locality read-latency 0,1 0..3 10,20*7 entry_base_unit=0x3e8", 72),
        ("hmat", "cache 2 16G cache_attributes=0x401111 smbios_handles=1,2", 36),
        ("hmat", "raw 9 0011", 10),
        ("msct", "domains 0 3 64 1T", 22),
        ("cedt", "bridge 7 4064M+64K", 32),
        ("cedt", "window 1T+64G 7,8 type3 volatile", 44),
        ("cedt", "xor 0 0x2040,0x4080", 24),
        ("cedt", "system 1", 8),
        ("madt", "lapic 0..3 0..6/2", 32),
        ("madt", "lapic 4 255 online-capable off", 8),
        ("madt", "gicc 0 256", 80),
        ("madt", "gicc 0 0 length=76", 76),
        ("madt", "raw 1 02,00*8,ff", 12),
        ("pptt", "node 0 0 package resources=56,84", 28),
        ("pptt", "cache 0 32K length=24 line_size=64", 24),
    ],
)
def test_lines_read_back(name: str, text: str, size: int) -> None:
    """A line comes to the size that the specification says, and back to the same line."""
    language = LANGUAGES[name]
    data = language.read(SpecLine(text, "a.toml:1"))
    assert len(data) == size
    many = size // 4 if "0..6/2" in text else size
    chunks = [data[at : at + many] for at in range(0, size, many)]
    assert list(join_runs([language.write(chunk)[0] for chunk in chunks])) == [text]
