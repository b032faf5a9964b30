"""A kernel's boot log: what the machine gave the kernel, and what the kernel made of it.

A log may be cut at any line; whatever is missing stays empty. One pass over the lines, each
handed to the rules that its first characters name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Any

from srat_tool.base.architecture import E820_ARCHITECTURE
from srat_tool.base.span import Span
from srat_tool.base.units import LOW_END, PAGE_SIZE
from srat_tool.base.unmodelled import unmodelled_by_lines
from srat_tool.observe import answer, e820, late_lines, memblock_lines, setup_lines, srat_lines
from srat_tool.observe.boots import BootChoice, LoggedBoot, boot_choice, pick_boot
from srat_tool.observe.containers import log_text
from srat_tool.observe.facts import (
    NO_LINE,
    NO_LOSS,
    BootLog,
    KernelAnswer,
    LostRam,
    MapEdit,
    MemblockDump,
    MemblockOp,
    MemblockRegionLine,
    Reservation,
    SratCpuLine,
    SratMemoryLine,
    TableLine,
)
from srat_tool.observe.lines import kernel_lines
from srat_tool.observe.lost_ram import completed, lost_ram, with_lost_regions
from srat_tool.observe.notes import Begin, DumpNotes, NoteRule, Notes, beginning
from srat_tool.observe.vintage import maker, vintage
from srat_tool.tables.memmap import EfiRegion, MapEntry, MemoryMap

__all__ = [
    "BootChoice",
    "BootLog",
    "EfiRegion",
    "KernelAnswer",
    "MapEdit",
    "MemblockDump",
    "MemblockOp",
    "MemblockRegionLine",
    "Reservation",
    "SratCpuLine",
    "SratMemoryLine",
    "TableLine",
    "before_answer",
    "boot_choice",
    "log_text",
    "parse_boot_log",
]

_KEY = 3
_FIRMWARE_MAPS = frozenset({"BIOS-e820", "BIOS-e801", "BIOS-88", "Xen"})
_RULES = (*setup_lines.RULES, *e820.RULES, *memblock_lines.RULES, *srat_lines.RULES)
_ANSWERS = (
    *(Begin(f"{before}{srat}") for before in ("", "ACPI: ") for srat in ("[SRAT:", "SRAT: ")),
    *(Begin("ACPI: NUMA: [SRAT:"), Begin("ACPI: NUMA: SRAT: "), Begin("[Firmware Bug]: SRAT")),
    *(Begin("SLIT: "), Begin("ACPI: SLIT: "), Begin("NUMA: "), Begin("NUMA turned off")),
    *(Begin("No NUMA config"), Begin("Faking ", r"a? ?node"), Begin("NODE_DATA")),
    *(Begin("Zone ranges:"), Begin("Zone PFN ranges:"), Begin("CFMWS")),
    *(Begin("Bootmem setup node"), Begin("Initmem setup node")),
    *(Begin("node ", r"-?\d+ \[mem"), Begin("Warning: node ", r"-?\d+ \[mem")),
)
_ANSWER = re.compile(beginning(_ANSWERS))
_IMAGE = re.compile(r"\bBOOT_IMAGE=\S{0,200}?vmlinuz-(\d{1,2}\.\d{1,3}\S{0,100})")
_CALLER = re.compile(r"\.\d{6}\] ?\[ {1,8}[TC]\d{1,10}\]")


def _dispatch(rules: Iterable[NoteRule]) -> dict[str, tuple[NoteRule, ...]]:
    table: dict[str, tuple[NoteRule, ...]] = {}
    for rule in rules:
        key = rule.prefix[:_KEY]
        table[key] = (*table.get(key, ()), rule)
    return table


_BY_START = _dispatch(_RULES)
_ANSWERS_BY_START = _dispatch((*answer.RULES, *late_lines.RULES))
_STARTS = {begin.words[:_KEY] for begin in (*_ANSWERS, *answer.BEGINNINGS)}
_STARTS.update(_BY_START, _ANSWERS_BY_START)


def parse_boot_log(text: str, boot: BootChoice = None) -> BootLog:
    """Read a kernel log in any of the shapes in which they are stored.

    Args:
        text: `dmesg`, a console capture, syslog, a journal or a mail, of any kernel since 2.6.
        boot: which boot of several: a number from 1 on, `first` or `last`; None for the last that
            reaches its zones, or the last where none does.

    Raises:
        SourceError: when there is no such boot.
    """
    lines = [line.strip() for line in kernel_lines(text)]
    while lines and not lines[-1]:
        lines.pop()
    found = pick_boot(lines, boot)
    notes = Notes()
    for notes.at, line in enumerate(found.lines):
        if _may_tell(line[:_KEY]) or not notes.begun or setup_lines.has_word(line):
            _read(line, notes)
    log = _freeze(notes, found)
    return replace(log, printk_caller=bool(_CALLER.search(text)))


@lru_cache(maxsize=1024)
def _may_tell(start: str) -> bool:
    """Return whether there is a rule for lines that start like this: most lines have none."""
    squeezed = " ".join(start.split()) == start.rstrip(" ") and not start.endswith("  ")
    return start in _STARTS or start[:1] in _STARTS or not squeezed


def _read(line: str, notes: Notes) -> None:
    if not line:
        return
    if notes.answer_at is None and _ANSWER.match(line):
        notes.answer_at = notes.at
    for rule in _BY_START.get(line[:_KEY], _BY_START.get(line[:1], ())):
        if line.startswith(rule.prefix):
            rule.read(line, notes)
    setup_lines.anywhere(line, notes)
    plain = answer.squeezed(line)
    part = answer.add_line(plain, notes.printed)
    if not plain.startswith("#"):
        notes.begins_with = notes.begins_with if notes.begun else part
        notes.begun = True
    notes.goes_on = notes.goes_on or answer.is_later(plain)
    for rule in _ANSWERS_BY_START.get(plain[:_KEY], _ANSWERS_BY_START.get(plain[:1], ())):
        if plain.startswith(rule.prefix):
            rule.read(plain, notes)


def before_answer(log: BootLog, *, keep_srat: bool) -> BootLog:
    """Return the log as it is before the kernel prints how it uses the memory.

    The build and the command line of the kernel are kept, wherever they are in the log. So are
    the zones that are built in, that NUMA was turned off (an option that the command line may not
    show), and RAM by node where no map declares RAM. The verdict is removed.

    Args:
        log: a whole log.
        keep_srat: keep the printed SRAT entries, the only trace of a missing table.
    """
    kept = log.answer
    if log.memory_map is not None and not log.map_front_lost:
        kept = replace(kept, faked=None, rejected=None, coverage=None)
    kept_log = replace(log, answer=kept, memory_block_bytes=None)
    return kept_log if keep_srat else replace(kept_log, srat_memory=(), srat_cpus=())


def _freeze(notes: Notes, found: LoggedBoot) -> BootLog:
    first = next((entries for word, entries in notes.maps if word in _FIRMWARE_MAPS), [])
    later = [entries for word, entries in notes.maps if word not in _FIRMWARE_MAPS]
    mirrored = tuple(r.span for r in notes.efi_map if "MR" in r.attributes)
    is_e820 = bool(first)
    if not first and not (notes.maps or notes.last_pfns):  # those are of machines with an e820 map
        first = [MapEntry(*r.span, e820.e820_type_of(r)) for r in notes.efi_map]
    removable = tuple(r.span for r in notes.efi_map if "HP" in r.attributes)
    dumps = tuple(_dump(dump) for dump in notes.dumps)
    kernels = _answer(notes, len(found.lines))
    last = later[-1] if later else []
    lost = _lost(notes, last or first, kernels)
    log = BootLog(
        boots=found.boots,
        boot=found.number,
        boot_because=found.because,
        answer=kernels,
        answer_line=notes.answer_at,
        memory_map=_map(completed(first, lost), "the log's memory map", mirrored, removable),
        final_map=_map(completed(last, lost), "the log's last memory map", mirrored, removable),
        final_map_line=notes.map_at if later else NO_LINE,
        map_front_lost=is_e820 and not notes.map_headed and first[0].start >= PAGE_SIZE,
        map_ends_log=_map_ends_log(notes, found),
        map_garbled=notes.garbled,
        lost_ram=lost,
        elided=notes.elided,
        gaps=tuple(notes.gaps),
        dropped=notes.dropped,
        edits=tuple(notes.edits),
        last_pfns=tuple(notes.last_pfns),
        last_pfn_line=notes.last_pfn_at,
        efi_map=with_lost_regions(notes.efi_map, NO_LOSS if notes.maps else lost),
        reservations=tuple(notes.reservations),
        kernel_image=_kernel_image(notes.ops, dumps),
        memblock_ops=tuple(notes.ops),
        memblock_dumps=dumps,
        srat_memory=tuple(_hot(entry, notes.old_hot) for entry in notes.srat_memory),
        srat_cpus=tuple(notes.srat_cpus),
        xen_pv=any(word == "Xen" for word, _ in notes.maps),
        tables=tuple(_overridden(table, notes.overridden) for table in notes.tables),
    )
    facts: dict[str, Any] = dict(notes.facts)
    if whole := facts.pop("whole_command_line", None):
        facts["command_line"] = whole
    if "machine" not in facts:
        foreign = unmodelled_by_lines(found.lines, e820=bool(notes.maps))
        facts |= {} if foreign is None else {"machine": foreign}
    if notes.maps:
        facts.setdefault("machine", E820_ARCHITECTURE.name)
    if image := _IMAGE.search(facts.get("command_line", "")):
        facts["image_release"] = image[1]
    if notes.arm_words:
        facts.setdefault("machine", "aarch64")
    if "release" not in facts:
        facts["vintage"] = vintage(found.lines)
        facts["maker"] = maker(found.lines)
    return replace(log, **facts)


def _lost(notes: Notes, entries: list[MapEntry], kernels: KernelAnswer) -> LostRam:
    """Return the RAM that the map lacks; of EFI's, what kind of memory it is is not known."""
    if notes.maps:
        return lost_ram(entries, kernels, notes.last_pfns)
    lost = lost_ram(entries, kernels) if entries else NO_LOSS
    return lost._replace(exact=not lost.spans)


def _map_ends_log(notes: Notes, found: LoggedBoot) -> bool:
    """Return whether nothing follows the map, so that its end may be lost."""
    at = notes.map_at if notes.maps or not notes.efi_map else notes.efi_map[-1].line
    return at != NO_LINE and not any(found.lines[at + 1 :])


def _lists_all_ranges(notes: Notes, length: int) -> bool:
    """Old kernels count the ranges in the heading; after those of others something must follow."""
    if notes.range_count is not None:
        return len(notes.node_ranges) == notes.range_count
    return notes.ranges_begin and notes.ranges_at < length - 1


def _answer(notes: Notes, length: int) -> KernelAnswer:
    answers: dict[str, Any] = notes.answers
    return KernelAnswer(
        printed={part: tuple(lines) for part, lines in notes.printed.items()},
        late={part: late_lines.first_print(lines) for part, lines in notes.late.items()},
        goes_on=notes.goes_on,
        zones=tuple(notes.zones),
        lists_all_zones=notes.zones_end and (notes.zones_begin or _begins_with_ram(notes)),
        node_ranges=tuple(notes.node_ranges),
        lists_all_ranges=_lists_all_ranges(notes, length),
        setups=tuple(notes.setups),
        added=tuple(notes.added),
        begins_with=notes.begins_with,
        ends_zones=notes.zones_end and bool(notes.zones),
        **answers,
    )


def _begins_with_ram(notes: Notes) -> bool:
    """Return whether no zone can be missing before the first one: it has the lowest RAM.

    That of RAM above 4 GiB may be the last of several zones, of which the others are empty.
    """
    first = notes.zones[0].span if notes.zones else None
    lowest = min((line.span.start for line in notes.node_ranges), default=None)
    if first is None or lowest is None:
        return False
    return first.start <= lowest and first.start < LOW_END


def _map(
    entries: list[MapEntry], what: str, mirrored: tuple[Span, ...], removable: tuple[Span, ...]
) -> MemoryMap | None:
    if not entries:
        return None
    return MemoryMap(entries=tuple(entries), mirrored=mirrored, hot_pluggable=removable, what=what)


def _dump(dump: DumpNotes) -> MemblockDump:
    memory, reserved = (tuple(dump.regions.get(kind, ())) for kind in ("memory", "reserved"))
    counted = (dump.counts.get("memory"), dump.counts.get("reserved"))
    return MemblockDump(
        memory=memory,
        reserved=reserved,
        line=dump.line,
        complete=counted == (len(memory), len(reserved)),
    )


def _kernel_image(ops: list[MemblockOp], dumps: tuple[MemblockDump, ...]) -> Span | None:
    """The kernel's `_end` is where `reserve_brk` makes its reservation, right after the image."""
    brk = next((op.span for op in ops if op.caller.startswith("setup_arch+")), None)
    if brk is None or not dumps or ops[0].op != "reserve":
        return None
    regions = (region.span for region in dumps[0].reserved)
    return next((span for span in regions if span.covers(brk) and span.start < brk.start), None)


def _hot(entry: SratMemoryLine, old_hot: set[Span]) -> SratMemoryLine:
    return entry._replace(hot=True) if entry.span in old_hot else entry


def _overridden(table: TableLine, overridden: dict[str, int]) -> TableLine:
    return table._replace(address=overridden.get(table.signature, table.address))
