"""The packed forms cover each class that a table is decoded into."""

from srat_tool.grammar.packed import FORMS
from srat_tool.grammar.registry import CODECS


def test_every_layout_has_its_form() -> None:
    """Each layout of each family has a form by its class, which has those fields in order."""
    for codec in CODECS.values():
        family = codec.family
        for layout in (*family.layouts.values(), family.unknown) if family else ():
            form = FORMS[layout.make.__name__]
            names = (*form.flat, *(run.name for run in form.runs))
            fields = layout.make._fields  # type: ignore[attr-defined]
            assert fields[: 1 + len(names)] == ("offset", *names)
