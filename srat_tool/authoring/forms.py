"""How the structures of each table are written in a spec: one `Language` per kind of table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from srat_tool.authoring.columns import (
    Column,
    ColumnRange,
    Fields,
    Handle,
    Named,
    Number,
    Numbers,
    Size,
    SplitNumber,
)
from srat_tool.authoring.lines import Form, Language
from srat_tool.grammar.cedt import CEDT
from srat_tool.grammar.hmat import HMAT
from srat_tool.grammar.madt import MADT
from srat_tool.grammar.msct import DOMAINS
from srat_tool.grammar.pptt import PPTT
from srat_tool.grammar.registry import CODECS
from srat_tool.grammar.srat import SRAT
from srat_tool.grammar.walk import Family
from srat_tool.tables.cedt import WAYS
from srat_tool.tables.hmat import DataType
from srat_tool.tables.kind import Kind, Structure
from srat_tool.tables.kinds import KINDS, rows_by_class

_OFF = {"off": -1}
_ONLINE_CAPABLE = {"online-capable": 2, **_OFF}
_ENCODED_WAYS = {ways: code for code, ways in WAYS.items()}
_DATA_TYPES = {kind.name.lower().replace("_", "-"): int(kind) for kind in DataType}
_DOMAIN = Number("domain", "proximity_domain")


def _enabled(
    family: Family,
    word: str,
    kind: int,
    *columns: Column,
    words: Mapping[str, int] = _OFF,
    norm: Mapping[str, int] | None = None,
) -> Form:
    """Return the form of a structure whose flags begin with an Enabled bit, set unless `off`."""
    return Form(
        word=word,
        type=kind,
        layout=family.layouts[kind],
        columns=columns,
        norm={"flags": 1, **(norm or {})},
        words=words,
    )


_SRAT = Language(
    SRAT.family,
    _enabled(
        SRAT.family,
        "apic",
        0,
        SplitNumber("domain", "proximity_domain_low", "proximity_domain_high", 3),
        Number("id", "apic_id"),
    ),
    _enabled(
        SRAT.family,
        "mem",
        1,
        _DOMAIN,
        ColumnRange("range", "base_address", "range_length"),
        words={"hotplug": 2, "nonvolatile": 4, "special": 8, **_OFF},
    ),
    _enabled(SRAT.family, "initiator", 5, _DOMAIN, Handle(), words={"architectural": 2, **_OFF}),
    _enabled(SRAT.family, "port", 6, _DOMAIN, Handle(), words={"architectural": 2, **_OFF}),
)


def _locality_counts(fields: Fields) -> Fields:
    return {
        "initiator_count": len(fields["initiators"]),
        "target_count": len(fields["targets"]),
    }


_HMAT = Language(
    HMAT.family,
    Form(
        word="memory",
        type=0,
        layout=HMAT.family.layouts[0],
        columns=(Number("domain", "memory_domain"), Number("initiator", "initiator_domain")),
        norm={"flags": 1},
        words={"unattached": -1},
    ),
    Form(
        word="locality",
        type=1,
        layout=HMAT.family.layouts[1],
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
        layout=HMAT.family.layouts[2],
        columns=(Number("domain", "memory_domain"), Size("size", "cache_size")),
        infer=lambda fields: {"smbios_handle_count": len(fields["smbios_handles"])},
    ),
)

_MSCT = Language(
    DOMAINS,
    Form(
        word="domains",
        type=1,
        layout=DOMAINS.layouts[1],
        columns=(
            Number("first", "first_domain"),
            Number("last", "last_domain"),
            Number("processors", "maximum_processors"),
            Size("memory", "maximum_memory"),
        ),
    ),
)


def _ways(fields: Fields) -> Fields:
    return {"encoded_ways": _ENCODED_WAYS.get(len(fields["targets"]), 0)}


_CEDT = Language(
    CEDT.family,
    Form(
        word="bridge",
        type=0,
        layout=CEDT.family.layouts[0],
        columns=(Number("uid", "uid"), ColumnRange("registers", "base", "register_length")),
        norm={"cxl_version": 1},
    ),
    Form(
        word="window",
        type=1,
        layout=CEDT.family.layouts[1],
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
        layout=CEDT.family.layouts[2],
        columns=(Number("granularity", "granularity"), Numbers("maps", "maps")),
        infer=lambda fields: {"map_count": len(fields["maps"])},
    ),
    Form(
        word="port",
        type=3,
        layout=CEDT.family.layouts[3],
        columns=(Number("segment", "segment"), Number("bdf", "bdf"), Size("base", "base")),
    ),
    Form(
        word="system",
        type=4,
        layout=CEDT.family.layouts[4],
        columns=(Number("capabilities", "capabilities"),),
    ),
)

_UID = Number("uid", "acpi_processor_uid")

_MADT = Language(
    MADT.family,
    _enabled(MADT.family, "lapic", 0, _UID, Number("id", "apic_id"), words=_ONLINE_CAPABLE),
    _enabled(MADT.family, "sapic", 7, _UID, Number("id", "local_sapic_id"), words=_ONLINE_CAPABLE),
    _enabled(MADT.family, "x2apic", 9, _UID, Number("id", "x2apic_id"), words=_ONLINE_CAPABLE),
    _enabled(
        MADT.family,
        "gicc",
        11,
        _UID,
        Number("mpidr", "mpidr"),
        words={"online-capable": 8, **_OFF},
        norm={"length": 80},
    ),
    Form(
        word="its",
        type=15,
        layout=MADT.family.layouts[15],
        columns=(Number("id", "translation_id"), Size("base", "base_address")),
    ),
    _enabled(
        MADT.family,
        "corepic",
        17,
        Number("id", "acpi_processor_id"),
        Number("core", "core_id"),
        norm={"version": 1},
    ),
    _enabled(
        MADT.family,
        "rintc",
        24,
        _UID,
        Number("hart", "hart_id"),
        words=_ONLINE_CAPABLE,
        norm={"version": 1},
    ),
)

_PPTT = Language(
    PPTT.family,
    Form(
        word="node",
        type=0,
        layout=PPTT.family.layouts[0],
        columns=(Number("parent", "parent"), Number("id", "acpi_processor_id")),
        infer=lambda fields: {"resource_count": len(fields["resources"])},
        words={"package": 1, "valid-id": 2, "thread": 4, "leaf": 8, "identical": 16},
    ),
    Form(
        word="cache",
        type=1,
        layout=PPTT.family.layouts[1],
        columns=(Number("next", "next_level"), Size("size", "size")),
        norm={"length": 28},
    ),
    Form(
        word="id",
        type=2,
        layout=PPTT.family.layouts[2],
        columns=(Number("vendor", "vendor_id"),),
    ),
)

_OWN = {
    "srat": _SRAT,
    "hmat": _HMAT,
    "msct": _MSCT,
    "cedt": _CEDT,
    "madt": _MADT,
    "pptt": _PPTT,
}


def _by_row(family: Family, row: Structure) -> Form:
    """Return the form that follows from a row: domain and id are columns, all else is a field."""
    layout = family.layouts[row.type]
    columns = [Number("domain", row.domain)] if row.domain else []
    if row.id:
        columns.append(Number("uid" if row.space == "uid" else "id", row.id))
    made: Any = layout.make
    flags = rows_by_class()[made].flags
    if flags is not None and "ENABLED" in flags.__members__:
        return _enabled(family, row.word, row.type, *columns)
    # A structure that grew is written as its first edition unless its length is given.
    norm = {"length": next(iter(layout.editions))} if layout.editions else {}
    return Form(word=row.word, type=row.type, layout=layout, columns=tuple(columns), norm=norm)


def _language(kind: Kind, family: Family) -> Language:
    """Return the language of a kind: the forms above, and those of the other rows."""
    own = {form.type: form for form in _OWN[kind.module].forms} if kind.module in _OWN else {}
    forms = (own.get(row.type) or _by_row(family, row) for row in kind.structures)
    return Language(family, *forms)


LANGUAGES: dict[str, Language] = {
    kind.module: _language(kind, family)
    for kind in KINDS
    if (family := CODECS[kind.signature].family) is not None
}
"""By the name of the section."""
