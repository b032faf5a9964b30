"""How the structures of the MADT are written in a spec."""

from __future__ import annotations

from srat_tool.authoring.columns import Number, Size
from srat_tool.authoring.forms.shared import OFF, enabled
from srat_tool.authoring.lines import Form
from srat_tool.grammar.madt import MADT

_ONLINE_CAPABLE = {"online-capable": 2, **OFF}


_UID = Number("uid", "acpi_processor_uid")

FORMS = (
    enabled(MADT.family, "lapic", 0, _UID, Number("id", "apic_id"), words=_ONLINE_CAPABLE),
    enabled(MADT.family, "sapic", 7, _UID, Number("id", "local_sapic_id"), words=_ONLINE_CAPABLE),
    enabled(MADT.family, "x2apic", 9, _UID, Number("id", "x2apic_id"), words=_ONLINE_CAPABLE),
    enabled(
        MADT.family,
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
        layout=MADT.family.layouts[15],
        columns=(Number("id", "translation_id"), Size("base", "base_address")),
    ),
    enabled(
        MADT.family,
        "corepic",
        17,
        Number("id", "acpi_processor_id"),
        Number("core", "core_id"),
        norm={"version": 1},
    ),
    enabled(
        MADT.family,
        "rintc",
        24,
        _UID,
        Number("hart", "hart_id"),
        words=_ONLINE_CAPABLE,
        norm={"version": 1},
    ),
)
