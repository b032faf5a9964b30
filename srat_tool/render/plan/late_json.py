"""The time after the zones as JSON: keys of `srattool.plan/1`."""

from __future__ import annotations

from typing import Any

from srat_tool.kernel.memory_tiers import DramPerformance
from srat_tool.plan.late_values import AfterZones
from srat_tool.render.plan.json_parts import range_value


def late_value(late: AfterZones) -> dict[str, Any]:
    """Return the keys of the plan that describe what follows the zones."""
    return {
        "fallback_order": [
            {"nid": order.nid, "order": list(order.order)}
            for order in late.fallback_order
            if "fallback_order" not in late.why
        ],
        "access": [
            {
                "nid": access.nid,
                "class": access.access_class,
                "initiators": list(access.initiators),
                **access.coordinate._asdict(),
            }
            for access in late.access
        ],
        "memory_side_caches": [
            {
                "nid": nid,
                "index": cache.level,
                "size": cache.size,
                "line_size": cache.line_size,
                "indexing": cache.indexing,
                "write_policy": cache.write_policy,
            }
            for nid, cache in late.caches
        ],
        "tiers": _tiers(late),
        "interleave_weights": [
            {"nid": nid, "weight": weight} for nid, weight in late.weights.items()
        ],
        "windows": [
            {
                **range_value(window.span),
                "source": window.source,
                "index": window.number,
                "nid": window.nid,
                "pxm": window.pxm,
                "ram_bytes": window.ram_bytes,
                "aligned": window.aligned,
                "stranded_bytes": window.stranded_bytes,
            }
            for window in late.windows
        ],
        "soft_reserved": [
            {
                **range_value(piece.span),
                "owner": piece.owner,
                "nid": piece.nid,
                "mode": piece.mode,
                "usable_bytes": piece.usable_bytes,
                "zone": piece.zone,
                "why": piece.why,
                "device": None if piece.device is None else range_value(piece.device),
            }
            for piece in late.soft_reserved
        ],
        "why_empty": [{"key": key, "why": why} for key, why in late.why.items()],
    }


def _tiers(late: AfterZones) -> dict[str, Any]:
    tiers = late.tiers
    return {
        "algorithm": late.dram.algorithm,
        "why": late.dram.why,
        "reference": _reference(late.dram),
        "tiers": [
            {"number": tier.number, "nids": list(tier.nids)}
            for tier in (tiers.tiers if tiers else ())
        ],
        "distance": [
            {"nid": nid, "adistance": adistance} for nid, adistance in late.adistances.items()
        ],
        "demotion": [
            {
                "nid": target.nid,
                "preferred": list(target.preferred),
                "fallback": list(target.fallback),
            }
            for target in (tiers.demotion if tiers else ())
        ],
        "top": list(tiers.top) if tiers else [],
    }


def _reference(dram: DramPerformance) -> dict[str, Any] | None:
    if dram.reference is None:
        return None
    return {"nid": dram.reference.nid, **dram.reference.coordinate._asdict()}
