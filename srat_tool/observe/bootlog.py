"""A kernel's boot log: what the machine gave the kernel, and what the kernel made of it.

A log may be cut at any line; whatever is missing stays empty. One pass over the lines, each
handed to the rules that its first characters name.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile
from typing import Any

from srat_tool.base.architecture import E820_ARCHITECTURE, unmodelled_by_lines
from srat_tool.base.span import Span
from srat_tool.observe import e820, memblock_lines, setup_lines, srat_lines
from srat_tool.observe.facts import (
    NO_LINE,
    BootLog,
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
from srat_tool.observe.notes import DumpNotes, NoteRule, Notes
from srat_tool.tables.memmap import EfiRegion, MapEntry, MemoryMap

__all__ = [
    "BootLog",
    "EfiRegion",
    "MapEdit",
    "MemblockDump",
    "MemblockOp",
    "MemblockRegionLine",
    "Reservation",
    "SratCpuLine",
    "SratMemoryLine",
    "TableLine",
    "before_answer",
    "parse_boot_log",
]

_KEY = 3
_FIRMWARE_MAPS = frozenset({"BIOS-e820", "BIOS-e801", "BIOS-88", "Xen"})
_RULES = (*setup_lines.RULES, *e820.RULES, *memblock_lines.RULES, *srat_lines.RULES)
_SRAT = r"(?:ACPI: )?(?:NUMA: )?(?:\[SRAT:|SRAT: )|\[Firmware Bug\]: SRAT"
_NODES = (
    r"(?:ACPI: )?SLIT: |NUMA: |NUMA turned off|No NUMA config|Faking a? ?node|\s{0,4}NODE_DATA"
    r"|Zone (?:PFN )?ranges:|CFMWS|(?:Bootmem|Initmem) setup node|(?:Warning: )?node -?\d+ \[mem"
)
_ANSWER = re.compile(f"{_SRAT}|{_NODES}")
_NODE_ANSWER = re.compile(_NODES)
_CALLER = re.compile(r"\.\d{6}\] ?\[ {1,8}[TC]\d{1,10}\]")


def _dispatch() -> dict[str, tuple[NoteRule, ...]]:
    table: dict[str, tuple[NoteRule, ...]] = {}
    for rule in _RULES:
        key = rule.prefix[:_KEY]
        table[key] = (*table.get(key, ()), rule)
    return table


_BY_START = _dispatch()


def parse_boot_log(text: str) -> BootLog:
    """Read a kernel log in any of the shapes that people keep them in.

    Args:
        text: `dmesg`, a console capture, syslog or a mail, of any kernel since 2.6; when it holds
            several boots the first is read.
    """
    lines, boots = _first_boot(text)
    notes = Notes()
    answer: int | None = None
    for notes.at, line in enumerate(lines):
        if answer is None and _ANSWER.match(line):
            answer = notes.at
        for rule in _BY_START.get(line[:_KEY], _BY_START.get(line[:1], ())):
            if line.startswith(rule.prefix):
                rule.read(line, notes)
    log = _freeze(notes, lines, boots, answer)
    return replace(log, printk_caller=bool(_CALLER.search(text)))


def before_answer(log: BootLog, *, keep_srat: bool) -> BootLog:
    """Return what a log told before the kernel said what it made of the memory.

    How it was built and called is no answer: that is kept, wherever it stands.

    Args:
        log: a whole log.
        keep_srat: keep the printed SRAT entries, the only trace of a table that nobody has.
    """
    pattern = _NODE_ANSWER if keep_srat else _ANSWER
    kept = takewhile(lambda line: not pattern.match(line), log.lines)
    told = parse_boot_log("\n".join(kept))
    return replace(
        told,
        machine=log.machine,
        command_line=log.command_line,
        printk_caller=log.printk_caller,
    )


def _first_boot(text: str) -> tuple[list[str], int]:
    lines = list(kernel_lines(text))
    if lines and not lines[-1]:
        lines.pop()
    starts = [at for at, line in enumerate(lines) if line.startswith("Linux version ")]
    if len(starts) > 1:
        del lines[starts[1] :]
    return lines, len(starts)


def _freeze(notes: Notes, lines: list[str], boots: int, answer: int | None) -> BootLog:
    first = next((entries for word, entries in notes.maps if word in _FIRMWARE_MAPS), [])
    later = [entries for word, entries in notes.maps if word not in _FIRMWARE_MAPS]
    mirrored = tuple(r.span for r in notes.efi_map if "MR" in r.attributes)
    if not first:
        first = [MapEntry(*r.span, e820.e820_type_of(r)) for r in notes.efi_map]
    removable = tuple(r.span for r in notes.efi_map if "HP" in r.attributes)
    dumps = tuple(_dump(dump) for dump in notes.dumps)
    log = BootLog(
        lines=tuple(lines),
        boots=boots,
        answer_line=answer,
        memory_map=_map(first, "the log's memory map", mirrored, removable),
        final_map=_map(
            later[-1] if later else [], "the log's last memory map", mirrored, removable
        ),
        final_map_line=notes.map_at if later else NO_LINE,
        elided=notes.elided,
        gaps=tuple(notes.gaps),
        edits=tuple(notes.edits),
        last_pfns=tuple(notes.last_pfns),
        last_pfn_line=notes.last_pfn_at,
        efi_map=tuple(notes.efi_map),
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
    if "machine" not in facts and (foreign := unmodelled_by_lines(lines)) is not None:
        facts["machine"] = foreign
    if notes.maps:
        facts.setdefault("machine", E820_ARCHITECTURE.name)
    return replace(log, **facts)


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
    """The kernel's `_end` is where `reserve_brk` makes its reservation, right behind the image."""
    brk = next((op.span for op in ops if op.caller.startswith("setup_arch+")), None)
    if brk is None or not dumps or ops[0].op != "reserve":
        return None
    regions = (region.span for region in dumps[0].reserved)
    return next((span for span in regions if span.covers(brk) and span.start < brk.start), None)


def _hot(entry: SratMemoryLine, old_hot: set[Span]) -> SratMemoryLine:
    return entry._replace(hot=True) if entry.span in old_hot else entry


def _overridden(table: TableLine, overridden: dict[str, int]) -> TableLine:
    return table._replace(address=overridden.get(table.signature, table.address))
