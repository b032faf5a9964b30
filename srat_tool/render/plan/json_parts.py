"""Values that several JSON forms of a plan have in common: addresses, ranges and zones."""

from __future__ import annotations

from typing import Any

from srat_tool.base.span import Span
from srat_tool.plan.plan import ZonePlan


def address_value(name: str, value: int | None) -> dict[str, Any]:
    """Return an address, and the same as a hexadecimal string; both None where there is none."""
    return {name: value, f"{name}_hex": None if value is None else f"{value:#x}"}


def range_value(span: Span | tuple[int | None, int | None]) -> dict[str, Any]:
    """Return a half-open range in bytes, with its hexadecimal strings; None where it is open."""
    start, end = span
    return {**address_value("start", start), **address_value("end", end)}


def zone_value(zone: ZonePlan) -> dict[str, Any]:
    """Return the span and the page counts of a zone, in pfns and pages."""
    fields = zone._asdict()
    del fields["page_bytes"]
    return fields
