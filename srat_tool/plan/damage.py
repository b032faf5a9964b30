"""Tables that are malformed: what a plan is made from is then less, or other, than was meant."""

from __future__ import annotations

from collections.abc import Sequence

from srat_tool.base.words import plural
from srat_tool.plan.plan import AS_READ, Assumption
from srat_tool.tables.defect import Defect, DefectKind

_NO_DAMAGE = frozenset(
    {DefectKind.UNKNOWN_TYPE, DefectKind.TOO_LONG, DefectKind.TRAILING_BYTES},
)
"""What later revisions of ACPI add, and padding: Linux skips all of it."""


def damage(signature: str, defects: Sequence[Defect]) -> Assumption | None:
    """Return what a malformed table is assumed to be; None for one that is whole.

    Args:
        signature: the table's.
        defects: in table order.
    """
    found = [defect for defect in defects if defect.kind not in _NO_DAMAGE]
    if not found:
        return None
    first = f"at +0x{found[0].offset:04x}: {found[0].message}"
    if len(found) > 1:
        first = f"in {plural(len(found), 'place')}, the first {first}"
    return Assumption(signature, AS_READ, f"malformed {first}")
