"""How the structures of the PPTT are written in a spec."""

from __future__ import annotations

from srat_tool.authoring.columns import Number, Size
from srat_tool.authoring.lines import Form
from srat_tool.grammar.families import family_of
from srat_tool.tables.kinds import PPTT

_LAYOUTS = family_of(PPTT).layouts

FORMS = (
    Form(
        word="node",
        type=0,
        layout=_LAYOUTS[0],
        columns=(Number("parent", "parent"), Number("id", "acpi_processor_id")),
        infer=lambda fields: {"resource_count": len(fields["resources"])},
        words={"package": 1, "valid-id": 2, "thread": 4, "leaf": 8, "identical": 16},
    ),
    Form(
        word="cache",
        type=1,
        layout=_LAYOUTS[1],
        columns=(Number("next", "next_level"), Size("size", "size")),
        norm={"length": 28},
    ),
    Form(
        word="id",
        type=2,
        layout=_LAYOUTS[2],
        columns=(Number("vendor", "vendor_id"),),
    ),
)
