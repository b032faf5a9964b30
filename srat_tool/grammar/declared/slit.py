"""Layout of the SLIT (ACPI 6.5, 5.2.17)."""

from __future__ import annotations

from construct import Int64ul, Struct

STRUCTURES = {
    "_SlitFixedPart": Struct("localities" / Int64ul),
}
