"""How the structures of the MADT are written in a spec."""

from __future__ import annotations

from srat_tool.authoring.columns import Number, Size
from srat_tool.authoring.forms.shared import OFF, enabled
from srat_tool.authoring.lines import Form
from srat_tool.grammar.families import family_of
from srat_tool.tables.kinds import MADT

_FAMILY = family_of(MADT)

_ONLINE_CAPABLE = {"online-capable": 2, **OFF}


_UID = Number("uid", "acpi_processor_uid")

FORMS = (
    enabled(_FAMILY, "lapic", 0, _UID, Number("id", "apic_id"), words=_ONLINE_CAPABLE),
    enabled(_FAMILY, "sapic", 7, _UID, Number("id", "local_sapic_id"), words=_ONLINE_CAPABLE),
    enabled(_FAMILY, "x2apic", 9, _UID, Number("id", "x2apic_id"), words=_ONLINE_CAPABLE),
    enabled(
        _FAMILY,
        "gicc",
        11,
        _UID,
        Number("mpidr", "mpidr"),
        words={"online-capable": 8, **OFF},
        norm={"length": 80},
    ),
    Form(
        word="its",
        type=15,
        layout=_FAMILY.layouts[15],
        columns=(Number("id", "translation_id"), Size("base", "base_address")),
    ),
    enabled(
        _FAMILY,
        "corepic",
        17,
        Number("id", "acpi_processor_id"),
        Number("core", "core_id"),
        norm={"version": 1},
    ),
    enabled(
        _FAMILY,
        "rintc",
        24,
        _UID,
        Number("hart", "hart_id"),
        words=_ONLINE_CAPABLE,
        norm={"version": 1},
    ),
)
