"""How the structures of the CEDT are written in a spec."""

from __future__ import annotations

from srat_tool.authoring.columns import ColumnRange, Fields, Number, Numbers, Size
from srat_tool.authoring.lines import Form
from srat_tool.grammar.families import family_of
from srat_tool.tables.interleave import WAYS
from srat_tool.tables.kinds import CEDT

_LAYOUTS = family_of(CEDT).layouts

_ENCODED_WAYS = {ways: code for code, ways in WAYS.items()}


def _ways(fields: Fields) -> Fields:
    return {"encoded_ways": _ENCODED_WAYS.get(len(fields["targets"]), 0)}


FORMS = (
    Form(
        word="bridge",
        type=0,
        layout=_LAYOUTS[0],
        columns=(Number("uid", "uid"), ColumnRange("registers", "base", "register_length")),
        norm={"cxl_version": 1},
    ),
    Form(
        word="window",
        type=1,
        layout=_LAYOUTS[1],
        columns=(ColumnRange("range", "base_hpa", "window_size"), Numbers("bridges", "targets")),
        infer=_ways,
        flags="restrictions",
        words={
            "type2": 1,
            "type3": 2,
            "volatile": 4,
            "persistent": 8,
            "fixed": 16,
            "back-invalidate": 32,
        },
    ),
    Form(
        word="xor",
        type=2,
        layout=_LAYOUTS[2],
        columns=(Number("granularity", "granularity"), Numbers("maps", "maps")),
        infer=lambda fields: {"map_count": len(fields["maps"])},
    ),
    Form(
        word="port",
        type=3,
        layout=_LAYOUTS[3],
        columns=(Number("segment", "segment"), Number("bdf", "bdf"), Size("base", "base")),
    ),
    Form(
        word="system",
        type=4,
        layout=_LAYOUTS[4],
        columns=(Number("capabilities", "capabilities"),),
    ),
)
