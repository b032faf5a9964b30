"""How the structures of the HMAT are written in a spec."""

from __future__ import annotations

from srat_tool.authoring.columns import Fields, Named, Number, Numbers, Size
from srat_tool.authoring.lines import Form
from srat_tool.grammar.families import family_of
from srat_tool.tables.hmat import DataType
from srat_tool.tables.kinds import HMAT

_LAYOUTS = family_of(HMAT).layouts

_DATA_TYPES = {kind.name.lower().replace("_", "-"): int(kind) for kind in DataType}


def _locality_counts(fields: Fields) -> Fields:
    return {
        "initiator_count": len(fields["initiators"]),
        "target_count": len(fields["targets"]),
    }


FORMS = (
    Form(
        word="memory",
        type=0,
        layout=_LAYOUTS[0],
        columns=(Number("domain", "memory_domain"), Number("initiator", "initiator_domain")),
        norm={"flags": 1},
        words={"unattached": -1},
    ),
    Form(
        word="locality",
        type=1,
        layout=_LAYOUTS[1],
        columns=(
            Named("kind", "data_type", _DATA_TYPES),
            Numbers("initiators", "initiators"),
            Numbers("targets", "targets"),
            Numbers("values", "entries"),
        ),
        norm={"entry_base_unit": 1},
        infer=_locality_counts,
    ),
    Form(
        word="cache",
        type=2,
        layout=_LAYOUTS[2],
        columns=(Number("domain", "memory_domain"), Size("size", "cache_size")),
        infer=lambda fields: {"smbios_handle_count": len(fields["smbios_handles"])},
    ),
)
