"""The lines that a kernel prints after its zones are set up.

*Mirrors:* the printk calls of mm/page_alloc.c `build_zonelists`, drivers/acpi/numa/hmat.c and
mm/memory-tiers.c, 5.2 to 7.2.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import Any, TypeAlias

from srat_tool.base.units import U64
from srat_tool.base.words import runs
from srat_tool.kernel import late_events as ev
from srat_tool.kernel.late_rules import LateRules

Lines: TypeAlias = Iterable[str]

# *Mirrors:* `hmat_data_type` and `hmat_data_type_suffix`.
_DATA_TYPES = (
    "Access Latency",
    "Read Latency",
    "Write Latency",
    "Access Bandwidth",
    "Read Bandwidth",
    "Write Bandwidth",
)
_HMAT_STRUCTURES = ("address range", "locality", "cache")
_SUFFIXES = (" nsec", " nsec", " nsec", " MB/s", " MB/s", " MB/s")


def late_log_lines(events: Iterable[ev.LateEvent], rules: LateRules) -> Iterable[str]:
    """Return everything that this kernel prints about these steps, without timestamps."""
    return chain.from_iterable(_PRINTERS[type(event)](event, rules) for event in events)


def _fallback(event: ev.FallbackOrder, _: LateRules) -> Lines:
    # The kernel prints a blank after each node, the last one included.
    yield f"Fallback order for Node {event.nid}: {' '.join([*map(str, event.order), ''])}"


def _not_reserved(event: ev.TargetNotReserved, rules: LateRules) -> Lines:
    end = event.start + event.length & U64
    yield f"{rules.hmat_prefix}failed to reserve {event.start:#x} - {end:#x} in pxm: {event.pxm}"


def _ignored(event: ev.HmatIgnored, rules: LateRules) -> Lines:
    begin = f"{rules.hmat_prefix}Ignoring{' HMAT' if rules.hmat_name else ''}"
    if event.revision is not None:
        yield f"{begin}: Unknown revision:{event.revision}"
    else:
        yield f"{begin}: Invalid table"


def _zero_length(event: ev.HmatZeroLength, _: LateRules) -> Lines:
    yield f"[HMAT:{event.type:#04x}] Invalid zero length"


def _length(event: ev.HmatLength, rules: LateRules) -> Lines:
    # *Mirrors:* each parser words it in its own way.
    what = _HMAT_STRUCTURES[event.type]
    if event.needed is None:
        yield f"{rules.hmat_start}Unexpected {what} header length: {event.length}"
    else:
        yield (
            f"{rules.hmat_start}Unexpected {what} header length:{event.length}, "
            f"minimum required:{event.needed}"
        )


def _memory(event: ev.HmatMemory, rules: LateRules) -> Lines:
    begin = f"{rules.hmat_start}Memory"
    domains = f"Processor Domain:{event.processor_domain} Memory Domain:{event.memory_domain}"
    if event.span is None:
        yield f"{begin} Flags:{event.flags:04x} {domains}"
    elif rules.prints_hmat_numbers:
        base, length = event.span
        where = f"({base:#x} length {length:#x})"
        yield f"{begin} {where} Flags:{event.flags:04x} {domains}"


def _locality(event: ev.HmatLocality, rules: LateRules) -> Lines:
    if not rules.prints_hmat_numbers:
        return ()
    known = event.data_type < len(_DATA_TYPES)
    name = _DATA_TYPES[event.data_type] if known else "Reserved"
    suffix = _SUFFIXES[event.data_type] if known else ""
    head = (
        f"{rules.hmat_start}Locality: Flags:{event.flags:02x} Type:{name} "
        f"Initiator Domains:{len(event.initiators)} Target Domains:{len(event.targets)} "
        f"Base:{event.base}"
    )
    start = f"{rules.hmat_prefix}  Initiator-Target["
    rows = zip(event.initiators, event.values, strict=False)
    numbers = (_row(f"{start}{one}-", event.targets, row, suffix) for one, row in rows)
    return chain((head,), chain.from_iterable(numbers))


def _row(start: str, targets: Sequence[int], row: Sequence[int], suffix: str) -> list[str]:
    return [
        f"{start}{target}]:{value}{suffix}" for target, value in zip(targets, row, strict=False)
    ]


def _cache(event: ev.HmatCache, rules: LateRules) -> Lines:
    if rules.prints_hmat_numbers:
        yield (
            f"{rules.hmat_start}Cache: Domain:{event.memory_domain} "
            f"Size:{event.size} Attrs:{event.attributes:08x} SMBIOS Handles:{event.smbios_handles}"
        )


def _mismatch(event: ev.DramMismatch, rules: LateRules) -> Lines:
    source = " from ACPI HMAT" if rules.names_mismatch_source else ""
    yield (
        f"memory-tiers: the performance of DRAM node {event.nid} mismatches that of the reference"
    )
    yield f"DRAM node {event.reference}."
    yield f"  performance of reference DRAM node {event.reference}{source}:"
    yield f"    {_coordinate(event.reference_numbers)}"
    yield f"  performance of DRAM node {event.nid}{source}:"
    yield f"    {_coordinate(event.numbers)}"
    yield "  disable default DRAM node performance based abstract distance algorithm."


def _coordinate(numbers: tuple[int, int, int, int]) -> str:
    names = ("read_latency", "write_latency", "read_bandwidth", "write_bandwidth")
    return ", ".join(f"{name}: {value}" for name, value in zip(names, numbers, strict=True))


def _demotion(event: ev.DemotionTargets, _: LateRules) -> Lines:
    if event.fallback:
        yield (
            f"Demotion targets for Node {event.nid}: preferred: {runs(event.preferred)}, "
            f"fallback: {runs(event.fallback)}"
        )
    else:
        yield f"Demotion targets for Node {event.nid}: null"


_PRINTERS: dict[type[Any], Callable[[Any, LateRules], Lines]] = {
    ev.FallbackOrder: _fallback,
    ev.TargetNotReserved: _not_reserved,
    ev.HmatIgnored: _ignored,
    ev.HmatZeroLength: _zero_length,
    ev.HmatLength: _length,
    ev.HmatMemory: _memory,
    ev.HmatLocality: _locality,
    ev.HmatCache: _cache,
    ev.DramMismatch: _mismatch,
    ev.DemotionTargets: _demotion,
}
