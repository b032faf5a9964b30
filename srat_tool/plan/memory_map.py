"""Which memory map the kernel works with: given, logged, or assumed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from srat_tool.base.errors import SratToolError
from srat_tool.base.span import Span, subtract, union
from srat_tool.base.units import MIB, PAGE_SIZE, format_size
from srat_tool.base.words import address_range, plural
from srat_tool.kernel.e820 import E820Edit, edited_map
from srat_tool.observe.facts import NO_LINE, BootLog
from srat_tool.plan.boot_memory import HIGHEST_RAM, BootMemory, boot_memory
from srat_tool.plan.inputs import Inputs
from srat_tool.plan.logged_memory import LoggedMemory, logged_memory
from srat_tool.plan.plan import Assumption
from srat_tool.tables.memmap import MapEntry, MemoryMap, MemoryType

_LIMITS = frozenset({"mem", "memmap"})
_MAX_RANGES = 4
POPULATED = Assumption(
    "hot-pluggable ranges",
    "populated with RAM",
    "the tables name no hypervisor, and firmware describes the memory that is plugged",
)
"""How the hot-pluggable ranges of a real machine are used where no memory map is known."""
WINDOWS = "windows without RAM"
"""How an assumption begins that takes a guest's hot-pluggable ranges for address space."""


def kernel_map(inputs: Inputs) -> MemoryMap:
    """Return the map as the kernel has it when it fills memblock."""
    edited = partial(
        edited_map, has_e820=inputs.arch.has_e820, first_page=not inputs.profile.hides_first_page
    )
    given = inputs.machine.memory_map
    log = inputs.log
    # Other machines have no memmap=, and a mem= that limits RAM, not addresses.
    options = inputs.options if inputs.arch.has_e820 else None
    if given is None and log.memory_map is None:
        given = _assumed(inputs)
    if given is not None:
        return edited(given, options, image=_loaded_image(inputs, given))
    assert log.memory_map is not None  # noqa: S101 - else one is assumed
    notice_missing_lines(inputs, log)
    if options is not None and _shows_no_effect(inputs):
        options = None
    announced = tuple(_announced(log))
    if options is not None and _has_other_limits(inputs):
        found = edited(log.memory_map, options, announced=announced)
        return found if _limits(log.command_line) else _cut(found, log)
    if log.final_map is None:
        return _cut(edited(log.memory_map, options, announced=announced), log)
    final = log.final_map
    if log.tables_in_initrd:
        final = _without_table_room(edited(log.memory_map, options), final)
    return _cut(edited(final, None, announced=announced), log)


def _loaded_image(inputs: Inputs, firmware_map: MemoryMap) -> Span | None:
    """Return where a loader puts the kernel image; None where firmware has no RAM for it there."""
    base = inputs.arch.kernel_base if inputs.arch.has_e820 else None
    usual = None if base is None else Span(base, base + inputs.arch.kernel_image)
    image = inputs.machine.kernel_image or usual
    ram = [entry.span for entry in firmware_map.entries if entry.type == MemoryType.RAM]
    return None if image is None or subtract([image], ram) else image


def notice_missing_lines(inputs: Inputs, log: BootLog) -> None:
    """Name what a log's e820 or EFI map lacks among the assumptions."""
    if log.map_front_lost or log.map_ends_log:
        what = "begins in the middle of it" if log.map_front_lost else "ends with it"
        inputs.assume("memory map", "incomplete", f"lines are missing: the log {what}")
    lost = log.lost_ram
    if lost.spans:
        holes = "" if lost.exact else ", with unknown holes"
        why = f"no line of it has {_some(lost.spans)}: RAM by the log's {lost.by}{holes}"
        inputs.assume("memory map", "completed", why)
    elif log.map_garbled:
        many = plural(log.map_garbled, "line")
        inputs.assume("memory map", "incomplete", f"{many} of it in the log cannot be read")
    if inputs.tables.srat is None and not inputs.machine.tables and _ends_before_srat(log):
        why = "the log ends before the kernel would name it; give the table, or all of the log"
        inputs.assume("SRAT", "none", why)


def _ends_before_srat(log: BootLog) -> bool:
    """Return whether a kernel's log shows its map, and stops before its tables and nodes."""
    answer = log.answer
    spoke = log.tables or log.srat_cpus or answer.zones or answer.says_not_used
    if log.memory_map is None or spoke or answer.faked is not None:
        return False
    return logged_memory(log) is None


def check_given_map(inputs: Inputs) -> None:
    """Notice a map of which lines are missing: one that is given, or that of a log that was cut.

    Raises:
        SratToolError: when no RAM in it could hold a kernel.
    """
    log, given = inputs.log, inputs.machine.memory_map
    signs = () if given is None else given.missing
    if given is None and (log.map_ends_log or log.map_garbled or log.lost_ram.spans):
        given = log.memory_map
    elif not signs:
        return
    if given is None or not inputs.arch.has_e820:
        return
    ram = union(entry.span for entry in given.entries if entry.type == MemoryType.RAM)
    _check_room(inputs, ram, "the memory map", given.what or "memory map")
    for why in signs:
        inputs.assume("memory map", "incomplete", why)


def _check_room(inputs: Inputs, ram: Sequence[Span], holder: str, where: str) -> None:
    """Demand that RAM could hold a kernel.

    Raises:
        SratToolError: when no range of it is as large as a kernel image.
    """
    size = inputs.arch.kernel_image
    if max((span.size for span in ram), default=0) < size:
        raise SratToolError(
            f"{holder} has no RAM for a kernel",
            where=where,
            got=f"{format_size(sum(span.size for span in ram))} of RAM",
            expected=f"a range of at least {format_size(size)}",
            hint="all lines of the map",
        )


def acpi_end(inputs: Inputs) -> int:
    """Return where the highest ACPI data of the map ends, in bytes; 0 where no map shows any."""
    has_map = inputs.machine.memory_map is not None or inputs.log.memory_map is not None
    if not has_map or not inputs.arch.has_e820:
        return 0
    tables = (e.end for e in kernel_map(inputs).entries if e.type == MemoryType.ACPI)
    return max(tables, default=0)


def taken_from_answer(inputs: Inputs) -> LoggedMemory | None:
    """Return RAM as the log's own answer has it, where there is no better source."""
    log, machine = inputs.log, inputs.machine
    mapped = log.memory_map is not None and not log.map_front_lost
    if mapped or machine.memory_map is not None or not machine.follows_log:
        return None
    return logged_memory(log)


def _has_other_limits(inputs: Inputs) -> bool:
    """Return whether a command line was given whose mem= and memmap= are not those of the log.

    Then the map in the log, which results from its own options, proves nothing.
    """
    given = inputs.machine.command_line
    return given is not None and _limits(given) != _limits(inputs.log.command_line)


def _limits(command_line: str | None) -> list[str]:
    words = (command_line or "").split()
    return [word for word in words if word.partition("=")[0] in _LIMITS]


def _shows_no_effect(inputs: Inputs) -> bool:
    """Return whether mem= and memmap= of the log's own command line changed nothing in its map.

    Linux prints the map that they make (`e820__reserve_setup_data`, `parse_early_param`) before
    the last page of RAM; a log that has the one without the other shows that they had no effect.
    """
    log, machine = inputs.log, inputs.machine
    own = machine.follows_options
    limits = [p.text for p in inputs.options.params if p.name in _LIMITS]
    if not own or not limits or not log.last_pfns or log.final_map is not None:
        return False
    why = "the log has the last page of RAM, and no map that this made"
    inputs.assume(" ".join(limits), "without effect", why)
    return True


def _announced(log: BootLog) -> Iterator[E820Edit]:
    """Yield the kernel's own edits between the last map and the filling of memblock.

    Those above are in that map already; those below the last `last_pfn` change no RAM any more.
    """
    end = log.end_of_input if log.last_pfn_line == NO_LINE else log.last_pfn_line
    for edit in log.edits:
        if log.final_map_line < edit.line < end and edit.old_type != edit.new_type:
            yield E820Edit(edit.span, edit.old_type or None, edit.new_type)


def _without_table_room(before: MemoryMap, final: MemoryMap) -> MemoryMap:
    """Undo the room that was made for tables out of the initrd: to memblock it stays RAM.

    Args:
        before: the map with the edits of the command line, before tables were copied.
        final: the last map that the log prints.
    """
    was_ram = union(e.span for e in before.entries if e.type == MemoryType.RAM)
    room = (MemoryType.ACPI, MemoryType.NVS)
    entries = (
        entry._replace(type=MemoryType.RAM)
        if entry.type in room and any(span.covers(entry.span) for span in was_ram)
        else entry
        for entry in final.entries
    )
    return MemoryMap(entries=tuple(entries), mirrored=before.mirrored, what=final.what)


def _cut(firmware_map: MemoryMap, log: BootLog) -> MemoryMap:
    """Drop RAM above the printed last page, which MTRRs may have cost."""
    if not log.last_pfns:
        return firmware_map
    top = max(log.last_pfns) * PAGE_SIZE
    kept = []
    for entry in firmware_map.entries:
        if entry.type != MemoryType.RAM or entry.end < top + PAGE_SIZE:
            kept.append(entry)
        elif entry.start < top:
            kept.append(entry._replace(end=top))
    return MemoryMap(entries=tuple(kept), mirrored=firmware_map.mirrored, what=firmware_map.what)


def _assumed(inputs: Inputs) -> MemoryMap:
    """Return the RAM that is assumed where no memory map is known.

    Raises:
        MemoryUnknownError: when the SRAT has no memory either, and no size was asked for.
    """
    size = inputs.machine.assume_memory
    memory = assumed_memory(inputs)
    spans = memory.ram if memory is not None else ()
    if size is not None:
        windows = memory.windows if memory is not None else ()
        every = union([*spans, *windows])
        ranges = _filled(every, size) if every else [Span(0, min(size, HIGHEST_RAM))]
    elif spans:
        ranges = list(spans)
    else:
        read = next((raw.origin.path for raw in inputs.machine.tables), None)
        raise MemoryUnknownError(has_srat=memory is not None, where=read)
    if size is None and inputs.arch.has_e820:
        _check_shown(inputs, ranges)
    total = format_size(sum(span.size for span in ranges))
    where = " in the enabled SRAT ranges" if spans else ""
    why = _no_map(inputs) if size is None else f"--assume-memory; {_no_map(inputs)}"
    inputs.assume("memory map", f"{total} of RAM{where}", why)
    if memory is not None and size is None:
        _assume_hot(inputs, memory)
    ram = tuple(MapEntry(*span, MemoryType.RAM) for span in ranges)
    return MemoryMap(entries=ram, what="assumed")


def _check_shown(inputs: Inputs, ram: Sequence[Span]) -> None:
    """Notice that the ranges of an SRAT cannot be all RAM of a machine.

    Raises:
        SratToolError: when they hold no kernel.
    """
    _check_room(inputs, ram, "the SRAT", "enabled SRAT ranges")
    lowest = min(span.start for span in ram)
    if lowest >= MIB:
        why = f"its RAM begins at {lowest:#x}, and no x86-64 machine starts without RAM below 1 MiB"
        inputs.assume("SRAT", "incomplete", why)


def _no_map(inputs: Inputs) -> str:
    if inputs.machine.boot_log is None:
        return "no memory map given; use --memory-map or --boot-log"
    return "the log shows no RAM; use --memory-map"


def assumed_memory(inputs: Inputs) -> BootMemory | None:
    """Return how the SRAT's ranges are used without a memory map; None without an SRAT."""
    srat = inputs.tables.srat
    if srat is None:
        return None
    named = (inputs.log.hypervisor or "a hypervisor") if inputs.is_virtual else None
    log = inputs.log
    seen = (*(table.address for table in log.tables), *(one.span.start for one in log.reservations))
    ram_seen = max(seen, default=0)
    return boot_memory(srat, inputs.machine.tables, hypervisor=named, ram_seen=ram_seen)


def _assume_hot(inputs: Inputs, memory: BootMemory) -> None:
    if memory.windows:
        why = f"the tables are those of {memory.hypervisor}: memory can be added there later"
        inputs.assume("hot-pluggable ranges", f"{WINDOWS}: {_some(memory.windows)}", why)
    if memory.hot and memory.hypervisor is None:
        inputs.assumptions.append(POPULATED)


def _some(spans: Sequence[Span]) -> str:
    """Name the first ranges, and count the others."""
    named = ", ".join(address_range(span) for span in spans[:_MAX_RANGES])
    more = len(spans) - _MAX_RANGES
    return f"{named} and {more} more" if more > 0 else named


def _filled(spans: list[Span], size: int) -> list[Span]:
    """Return so many bytes of the ranges, from the lowest address on."""
    filled = []
    for span in spans:
        if size <= 0:
            break
        filled.append(Span(span.start, min(span.end, span.start + size)))
        size -= filled[-1].size
    return filled


class MemoryUnknownError(SratToolError):
    """No input declares the RAM of the machine, so there is nothing to plan.

    Args:
        has_srat: there is an SRAT, but no enabled memory in it.
        where: the file that the tables come from; None without a table.
    """

    def __init__(self, *, has_srat: bool, where: str | None = None) -> None:
        missing = "no enabled memory in the SRAT" if has_srat else "no SRAT"
        super().__init__(
            f"no memory to plan: {missing}, and no memory map",
            where=where,
            hint="--memory-map, --boot-log or --assume-memory SIZE",
        )


def soft_reserved_ranges(inputs: Inputs) -> tuple[Span, ...]:
    """Return the soft-reserved ranges (EFI_MEMORY_SP) as the kernel sees them, ascending."""
    log = inputs.log
    maps = (inputs.machine.memory_map, log.final_map, log.memory_map)
    if not any(_soft(one) for one in maps if one is not None) and not inputs.options.has("memmap"):
        return ()
    return tuple(sorted(_soft(kernel_map(inputs))))


def _soft(firmware_map: MemoryMap) -> list[Span]:
    return [e.span for e in firmware_map.entries if e.type == MemoryType.SOFT_RESERVED and e.span]
