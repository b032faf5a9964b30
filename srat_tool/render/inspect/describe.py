"""One line for each run of entries: what it declares, in the words of its table."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntFlag
from functools import cache
from operator import itemgetter
from typing import Any, NamedTuple

from srat_tool.base.text import printable
from srat_tool.base.units import format_size
from srat_tool.grammar.registry import Table
from srat_tool.render.inspect import describe_pptt
from srat_tool.render.inspect.runs import EntryRun
from srat_tool.render.inspect.what import What, byte_text, range_text
from srat_tool.render.inspect.words import (
    HMAT_DATA_TYPES,
    OTHER_CONTROLLERS,
    WORDS,
    bdf,
    device,
    flag_names,
)
from srat_tool.tables import cedt, hmat, madt, msct, nfit, pptt, srat
from srat_tool.tables.kinds import KindRow, rows_by_class
from srat_tool.tables.structure import Hole


class EntryColumns(NamedTuple):
    """The cells of one line."""

    type: str
    domain: str
    what: str
    size: str
    flags: str


def describe(run: EntryRun, table: Table) -> EntryColumns:
    """Return the cells of one run."""
    entry = run.first
    words = _ENTRY_WORDS[type(entry)]
    what, domain, size = words.declared(run, table)
    if run.size > 1:
        what += f" ({run.size} entries)"
    if any(words.odd(entry)):
        what += _oddities(entry)
    flags = "" if words.flags is None else _flag_text(words.flags, entry[words.flags_at])
    return EntryColumns(words.short, domain, what, size, flags)


class _EntryWords(NamedTuple):
    """How entries of one class are described, looked up once for all of them.

    Attributes:
        short: what they are called.
        declared: returns what they declare.
        odd: takes the values that are false in an ordinary entry.
        flags, flags_at: the flags and the place of their field; None where there are none.
    """

    short: str
    declared: Callable[[EntryRun, Any], What]
    odd: Callable[[Any], tuple[Any, ...]]
    flags: type[IntFlag] | None
    flags_at: int


# Compound adjectives; all other flags read as their names.
_FLAG_WORDS = {"hot_pluggable": "hot-pluggable", "non_volatile": "non-volatile"}


@cache
def _flag_text(kind: type[IntFlag], value: int) -> str:
    names = flag_names(kind, value)
    if "ENABLED" in kind.__members__ and "enabled" not in names:
        names = ("disabled", *names)
    return ", ".join(_FLAG_WORDS.get(name, name.replace("_", " ")) for name in names)


def _oddities(entry: Any) -> str:
    """Return what should be zero and is not, and bytes that belong to no field."""
    kind = type(entry)
    odd = [
        f"{kind._fields[at]}={value.hex() if isinstance(value, bytes) else hex(value)}"
        for at in _RESERVED[kind]
        if (value := entry[at]) and (not isinstance(value, bytes) or any(value))
    ]
    if entry.extra and _DESCRIBE[kind] not in _RAW:
        odd.append(f"and {byte_text(entry.extra)}")
    return "".join(f"; {one}" for one in odd)


# The places of the reserved fields of each class of entries.
_RESERVED = {
    kind: tuple(at for at, name in enumerate(kind._fields) if name.startswith("reserved"))
    for kind in WORDS
}


def _memory(run: EntryRun, table: Any) -> What:
    entry = run.first
    size = format_size(entry.range_length) if entry.range_length else ""
    domain = str(table.proximity_domain(entry))
    return What(range_text(entry.base_address, entry.range_length), domain, size)


def _generic(run: EntryRun, table: Any) -> What:
    kind = {0: "ACPI", 1: "PCI"}.get(run.first.device_handle_type, "handle")
    return What(f"{kind} device {device(run.first)}", str(table.proximity_domain(run.first)))


def _attributes(run: EntryRun, table: Any) -> What:
    entry = run.first
    known = entry.initiator_valid
    what = f"attached to domain {entry.initiator_domain}" if known else "no initiator stated"
    if table.header.revision == 1:
        what += f", {range_text(entry.base_address, entry.range_length)}"
    return What(what, str(entry.memory_domain))


def _locality(run: EntryRun, _: Any) -> What:
    entry = run.first
    return What(
        f"{data_type(entry.data_type)}, {hierarchy(entry.hierarchy)}; {len(entry.initiators)}"
        f" initiators x {len(entry.targets)} targets, base unit {entry.entry_base_unit}"
    )


def data_type(number: int) -> str:
    """Return what the numbers of a locality structure measure."""
    return HMAT_DATA_TYPES[number] if number < len(HMAT_DATA_TYPES) else f"data type {number}"


def hierarchy(number: int) -> str:
    """Return which memory the numbers belong to; the number itself where editions differ."""
    return "memory" if number == 0 else f"memory hierarchy {number}"


def _side_cache(run: EntryRun, _: Any) -> What:
    entry = run.first
    kinds = ("no associativity", "direct mapped", "complex")
    policies = ("no write policy", "write back", "write through")
    parts = [
        f"level {entry.level} of {entry.total_levels}",
        _named(kinds, entry.associativity, "associativity"),
        _named(policies, entry.write_policy, "write policy"),
        f"line {entry.line_size}B",
    ]
    if entry.address_mode:
        modes = ("", "extended linear")
        parts.append(_named(modes, entry.address_mode, "address mode"))
    if entry.smbios_handles:
        parts.append("SMBIOS " + " ".join(f"{handle:#06x}" for handle in entry.smbios_handles))
    return What(", ".join(parts), str(entry.memory_domain), format_size(entry.cache_size))


def _named(names: tuple[str, ...], number: int, what: str) -> str:
    return names[number] if number < len(names) else f"{what} {number}"


def _domains(run: EntryRun, _: Any) -> What:
    entry = run.first
    first, last = entry.first_domain, entry.last_domain
    what = f"at most {entry.maximum_processors} processors"
    if entry.maximum_memory:
        what += ", and memory of"
    size = format_size(entry.maximum_memory) if entry.maximum_memory else ""
    return What(what, f"{first}" if first == last else f"{first}-{last}", size)


def _bridge(run: EntryRun, _: Any) -> What:
    entry = run.first
    version = {0: "CXL 1.1", 1: "CXL 2.0"}.get(entry.cxl_version, f"CXL {entry.cxl_version}")
    registers = range_text(entry.base, entry.register_length)
    size = format_size(entry.register_length)
    return What(f"host bridge {entry.uid}, {version}, registers {registers}", size=size)


def _window(run: EntryRun, _: Any) -> What:
    entry = run.first
    targets = " ".join(map(str, entry.targets)) or "none"
    ways = entry.ways if entry.ways is not None else f"code {entry.encoded_ways}"
    what = f"{range_text(entry.base_hpa, entry.window_size)} {ways}-way over host bridges {targets}"
    grain = entry.granularity_bytes
    what += f", {format_size(grain)}" if grain else f", granularity code {entry.granularity}"
    what += {0: " modulo", 1: " XOR"}.get(entry.arithmetic, f" arithmetic {entry.arithmetic}")
    return What(f"{what}, QTG {entry.qtg_id}", size=format_size(entry.window_size))


def _math(run: EntryRun, _: Any) -> What:
    entry = run.first
    maps = " ".join(f"{one:#x}" for one in entry.maps) or "none"
    return What(f"granularity {format_size(256 << entry.granularity)}, XOR maps {maps}")


def _port_association(run: EntryRun, _: Any) -> What:
    entry = run.first
    protocol = {0: "CXL.io", 1: "CXL.cachemem"}.get(entry.protocol, f"protocol {entry.protocol}")
    return What(f"RCEC {entry.segment:04x}:{bdf(entry.bdf)}, {protocol} at {entry.base:#x}")


def _system(run: EntryRun, _: Any) -> What:
    return What(f"capabilities {run.first.capabilities:#x}")


def _controller(*fields: tuple[str, str, str]) -> Callable[[EntryRun, Any], What]:
    def declared(run: EntryRun, _: Any) -> What:
        stated = [one for one in fields if getattr(run.first, one[1]) is not None]
        return What(", ".join(f"{name} {run.counted(at, form)}" for name, at, form in stated))

    return declared


def _sapic(run: EntryRun, _: Any) -> What:
    entry = run.first
    what = f"sapic {entry.local_sapic_id}, eid {entry.local_sapic_eid}"
    name = printable(entry.uid_string.rstrip(b"\0"))
    return What(f"{what}, uid {entry.acpi_processor_uid}" + (f' "{name}"' if name else ""))


def _other_controller(run: EntryRun, _: Any) -> What:
    entry = run.first
    name = OTHER_CONTROLLERS.get(entry.type, "vendor" if entry.type >= 0x80 else "reserved")
    return What(f"type {entry.type} ({name}), {byte_text(entry.extra)}")


def _other(run: EntryRun, _: Any) -> What:
    return What(f"type {run.first.type}, length {run.first.length}, {byte_text(run.first.extra)}")


def _hole(run: EntryRun, _: Any) -> What:
    return What(byte_text(run.first.extra))


def _address_range(run: EntryRun, _: Any) -> What:
    entry = run.first
    domain = "" if entry.domain is None else str(entry.domain)
    size = format_size(entry.range_length) if entry.range_length else ""
    return What(range_text(entry.base_address, entry.range_length), domain, size)


_OWN: dict[type[Any], Callable[[EntryRun, Any], What]] = {
    srat.MemoryAffinity: _memory,
    srat.GenericInitiatorAffinity: _generic,
    srat.GenericPortAffinity: _generic,
    hmat.MemoryAttributes: _attributes,
    hmat.LatencyBandwidth: _locality,
    hmat.MemorySideCache: _side_cache,
    msct.DomainInformation: _domains,
    cedt.Chbs: _bridge,
    cedt.Cfmws: _window,
    cedt.Cxims: _math,
    cedt.Rdpas: _port_association,
    cedt.Csds: _system,
    madt.LocalApic: _controller(("apic", "apic_id", "d"), ("uid", "acpi_processor_uid", "d")),
    madt.LocalSapic: _sapic,
    madt.LocalX2Apic: _controller(("x2apic", "x2apic_id", "d"), ("uid", "acpi_processor_uid", "d")),
    madt.Gicc: _controller(
        ("uid", "acpi_processor_uid", "d"),
        ("interface", "interface_number", "d"),
        ("mpidr", "mpidr", "#x"),
        ("redistributor", "gicr_base_address", "#x"),
        ("efficiency class", "efficiency_class", "d"),
        ("SPE interrupt", "spe_interrupt", "d"),
        ("TRBE interrupt", "trbe_interrupt", "d"),
        ("IAFFID", "iaffid", "d"),
        ("IRS", "irs_id", "d"),
    ),
    madt.GicIts: _controller(("ITS", "translation_id", "d"), ("base", "base_address", "#x")),
    madt.CorePic: _controller(("core", "core_id", "d"), ("processor", "acpi_processor_id", "d")),
    madt.Rintc: _controller(
        ("hart", "hart_id", "d"),
        ("uid", "acpi_processor_uid", "d"),
        ("controller", "external_controller_id", "#x"),
        ("IMSIC", "imsic_base_address", "#x"),
        ("IMSIC size", "imsic_size", "d"),
    ),
    madt.OtherController: _other_controller,
    nfit.SpaRange: _address_range,
    pptt.ProcessorNode: describe_pptt.node,
    pptt.Cache: describe_pptt.cache,
    pptt.Identifier: describe_pptt.identifier,
    Hole: _hole,
}


def _by_row(row: KindRow) -> Callable[[EntryRun, Any], What]:
    """Return what describes a structure by its row: its PXM, and the number that names it."""
    named = row.structure
    name = named.label or named.word if named.space == "apic" else named.space or named.name

    def declared(run: EntryRun, table: Any) -> What:
        what = f"{name} {run.counted(named.id)}" if named.id else ""
        for field in named.counts[1:]:
            if getattr(run.first, field) or getattr(run.last, field):
                what += f", {field.replace('_', ' ')} {run.counted(field)}"
        if eid := getattr(run.first, "local_sapic_eid", 0):
            what += f", eid {eid}"
        return What(what, _domain(run.first, row, table))

    return declared


def _domain(entry: Any, row: KindRow, table: Any) -> str:
    if not row.structure.domain:
        return ""
    if isinstance(table, srat.Srat):
        return str(table.proximity_domain(entry))
    return str(getattr(entry, row.structure.domain))


_DESCRIBE: dict[type[Any], Callable[[EntryRun, Any], What]] = {
    kind: _OWN.get(kind) or (_by_row(rows[kind]) if kind in rows else _other)
    for rows in (rows_by_class(),)
    for kind in WORDS
}
# These show the bytes that an entry has beyond its fields themselves.
_RAW = (_other, _other_controller, _hole)


def _entry_words(kind: type[Any]) -> _EntryWords:
    words = WORDS[kind]
    extra = kind._fields.index("extra")
    field, flags = next(iter(words.flags.items()), ("extra", None))
    # With a second place, itemgetter always gives a tuple.
    odd = itemgetter(*_RESERVED[kind], extra, extra)
    return _EntryWords(words.short, _DESCRIBE[kind], odd, flags, kind._fields.index(field))


_ENTRY_WORDS = {kind: _entry_words(kind) for kind in WORDS}
