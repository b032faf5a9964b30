"""How the structures of the SRAT are written in a spec."""

from __future__ import annotations

from srat_tool.authoring.columns import ColumnRange, Handle, Number, SplitNumber
from srat_tool.authoring.forms.shared import DOMAIN, OFF, enabled
from srat_tool.grammar.families import family_of
from srat_tool.tables.kinds import SRAT

_FAMILY = family_of(SRAT)

FORMS = (
    enabled(
        _FAMILY,
        "apic",
        0,
        SplitNumber("domain", "proximity_domain_low", "proximity_domain_high", 3),
        Number("id", "apic_id"),
    ),
    enabled(
        _FAMILY,
        "mem",
        1,
        DOMAIN,
        ColumnRange("range", "base_address", "range_length"),
        words={"hotplug": 2, "nonvolatile": 4, "special": 8, **OFF},
    ),
    enabled(_FAMILY, "initiator", 5, DOMAIN, Handle(), words={"architectural": 2, **OFF}),
    enabled(_FAMILY, "port", 6, DOMAIN, Handle(), words={"architectural": 2, **OFF}),
)
