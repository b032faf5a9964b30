"""Why a node is in its memory tier: from the entries of the HMAT to the number of the tier.

HMAT entry -> latency, bandwidth -> abstract distance -> tier -> demotion target
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.words import runs
from srat_tool.kernel.access import Coordinate
from srat_tool.kernel.memory_tiers import (
    MEMTIER_ADISTANCE_DRAM,
    MEMTIER_CHUNK_BITS,
    MEMTIER_DEFAULT_DAX_ADISTANCE,
    mt_perf_to_adistance,
)
from srat_tool.plan.late_values import AfterZones

_UNITS = {
    "read_latency": "ns",
    "write_latency": "ns",
    "read_bandwidth": "MB/s",
    "write_bandwidth": "MB/s",
}


def tier_words(late: AfterZones, nid: int) -> Iterator[str]:
    """Yield the links of the chain, one sentence each; nothing for a node without memory."""
    machine, tiers = late.machine, late.tiers
    if machine is None or tiers is None or nid not in late.adistances:
        return
    classes = machine.hmat.classes.get(nid)
    numbers = None if classes is None else classes[1].coordinate
    yield from _numbers(late, nid, numbers)
    yield from _distance(late, nid, numbers)
    adistance = late.adistances[nid]
    number = adistance >> MEMTIER_CHUNK_BITS
    yield f"tier {number}: {adistance} / {1 << MEMTIER_CHUNK_BITS}, rounded down"
    target = next(one for one in tiers.demotion if one.nid == nid)
    if target.preferred:
        nodes = runs(target.preferred)
        yield f"its pages are demoted to node {nodes}, the nearest of the next tier"
    else:
        yield "its pages are demoted nowhere: no tier is slower"


def _numbers(late: AfterZones, nid: int, numbers: Coordinate | None) -> Iterator[str]:
    """Yield each number that the HMAT gives, with its entry."""
    if numbers is None or late.sources is None:
        return
    for name, source in late.sources(nid).items():
        value = getattr(numbers, name)
        unit = _UNITS[name]
        given = f"{value} {unit}" if value else "not given"
        yield (
            f"HMAT +0x{source.offset:04x}  {name.replace('_', ' ')} {given}: entry {source.raw} of "
            f"{source.unit}, from domain {source.initiator}"
        )


def _distance(late: AfterZones, nid: int, numbers: Coordinate | None) -> Iterator[str]:
    adistance, dram = late.adistances[nid], late.dram
    computed = None
    if numbers is not None and dram.algorithm == "hmat" and not late.has_default_type(nid):
        computed = mt_perf_to_adistance(dram, numbers)
    if (
        numbers is not None
        and dram.reference is not None
        and computed is not None
        and computed.adistance == adistance
    ):
        arithmetic = formula(numbers, dram.reference.coordinate)
        bits = f"; a product does not fit into {64 if dram.in_64_bits else 32} bits"
        yield f"abstract distance {adistance}: {arithmetic}{bits if computed.wraps else ''}"
        return
    yield f"tiers: {dram.why}"
    if numbers is not None and dram.algorithm == "hmat" and not numbers.is_complete:
        yield "the node has no latency or no bandwidth from processors"
    kind = {
        MEMTIER_ADISTANCE_DRAM: "that of DRAM",
        MEMTIER_DEFAULT_DAX_ADISTANCE: "that of memory which kmem adds",
    }.get(adistance, "that of its first memory")
    yield f"abstract distance {adistance}, {kind}"


def formula(numbers: Coordinate, reference: Coordinate) -> str:
    """Return the arithmetic of an abstract distance, from left to right in whole numbers."""
    return (
        f"{MEMTIER_ADISTANCE_DRAM} * ({numbers.read_latency} + {numbers.write_latency}) / "
        f"({reference.read_latency} + {reference.write_latency}) * "
        f"({reference.read_bandwidth} + {reference.write_bandwidth}) / "
        f"({numbers.read_bandwidth} + {numbers.write_bandwidth})"
    )
