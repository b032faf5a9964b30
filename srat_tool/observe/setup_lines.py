"""What a kernel prints about itself and about early reservations before it looks at NUMA.

*Mirrors:* the messages of arch/x86/kernel/setup.c, drivers/acpi/acpica/tbprint.c,
drivers/acpi/tables.c, arch/x86/realmode/init.c, mm/slub.c (since 2.6).
"""

from __future__ import annotations

import re
from collections.abc import Callable

from srat_tool.base.architecture import ARCHITECTURES
from srat_tool.base.span import Span
from srat_tool.base.units import MIB
from srat_tool.base.unmodelled import name_in
from srat_tool.observe.facts import Reservation, TableLine
from srat_tool.observe.notes import HEX, MEM, NoteRule, Notes, exclusive, inclusive, matcher

GIB = 1 << 30

_release = matcher(r"Linux version (\S{1,200})")
_bootdata = matcher(r"Bootdata ok \(command line is (.{0,2048}?)\)?$")
_ramdisk = matcher(rf"(?:RAMDISK|initrd): (?:{MEM}|({HEX}) - ({HEX}))")
_moved = matcher(rf"Allocated new RAMDISK: (?:{MEM}|({HEX}) - ({HEX}))")
_table = matcher(rf"ACPI: (?:EARLY: )?(\S{{4}}) ({HEX})(?:,| )? ?([0-9A-Fa-f]{{1,8}})(?: |$)")
_override = matcher(rf"ACPI: (\S{{4}}) {HEX} Physical table override, new table: ({HEX})")
_acpi_reserve = matcher(rf"ACPI: Reserving (\S{{4}}) table memory at {MEM}")
_mp_table = matcher(rf"found SMP MP-table at {MEM}")
_trampoline = matcher(rf"Base memory trampoline at \[{HEX}\] ({HEX}) size (\d{{1,8}})")
_page_tables = matcher(rf"kernel direct mapping tables up to {HEX} @ (?:{MEM}|({HEX})-({HEX}))")
_crash = matcher(r"Reserving (\d{1,8})MB of memory at (\d{1,10})MB for crashkernel")
_crash_new = matcher(rf"crashkernel (?:low memory )?reserved: ({HEX}) - ({HEX}) ")
_cma = matcher(rf"cma: Reserved (\d{{1,10}}) MiB at ({HEX})")
_early = matcher(rf"#\d{{1,4}} \[({HEX}) - ({HEX})\] {{1,20}}([^=]{{1,60}}?)\s{{0,20}}==>")
_block = matcher(
    r"(?:x86/mm: )?[Mm]emory block size(?: is| ?:) ?(\d{1,7})MB|Using (\d{1,2})GB memory block size"
)
_limited = matcher(r"Memory limited to (\d{1,10})MB")
_slub = re.compile(r" Nodes=(\d{1,7})\b")
_dropped = matcher(r"\*\* (\d{1,19}) printk messages dropped")
_x2apic = matcher(r"(?i:x2apic|Enabled x2apic|.{0,200}x2apic enabled)")

# kernel/printk: 1,024 bytes for a message up to 3.4 and from 6.4 on, between them 992, or 976 with
# CONFIG_PRINTK_CALLER; the level and the end of the string are of that.
_CUT = frozenset({973, 989, 1020, 1021})
_CUT_AT_BLANK = frozenset({972, 988, 1019})
# init/main.c, print_kernel_cmdline(), from 6.19 on: all but the last of several lines end in it.
_CONTINUES = " \\"

_IN_INITRD = " ACPI table found in initrd"
_NUMA_INIT = " numa_init+"


def _version(line: str, notes: Notes) -> None:
    if match := _release(line):
        notes.fact("release", match[1])
        notes.fact("version_text", line[len("Linux version ") :])
        named = name_in(match[1]) or name_in(line)
        if named is not None:
            notes.fact("machine", named)


def _command_line(line: str, notes: Notes) -> None:
    if "command_line" not in notes.facts:
        notes.facts["command_line"] = _shown(line, notes)


def _oldest_command_line(line: str, notes: Notes) -> None:
    if match := _bootdata(line):
        notes.fact("command_line", match[1].strip())


def _whole_command_line(line: str, notes: Notes) -> None:
    """`setup_arch` prints what the boot loader gave; CONFIG_CMDLINE is only in this line."""
    begun = notes.facts.get("whole_command_line")
    if begun is None:
        notes.facts["whole_command_line"] = _shown(line, notes)
    elif isinstance(begun, str) and begun.endswith(_CONTINUES):
        rest = _shown(line, notes)
        notes.facts["whole_command_line"] = f"{begun.removesuffix(_CONTINUES)} {rest}"


def _shown(line: str, notes: Notes) -> str:
    """Return what a message shows; of one that the kernel cut, the words that are whole."""
    text = line.partition(": ")[2].strip()
    size = 0 if text.endswith(_CONTINUES) else len(line)
    notes.facts["command_line_cut"] = size in _CUT | _CUT_AT_BLANK
    return text.rpartition(" ")[0] if size in _CUT else text


def _either(match: re.Match[str]) -> Span:
    """Return the `[mem a-b]` pair of a match, or else the old `a - b` pair after it."""
    if match[1] is not None:
        return inclusive(match[1], match[2])
    return exclusive(match[3], match[4])


def _initrd(line: str, notes: Notes) -> None:
    if match := _ramdisk(line) or _moved(line):
        notes.reserve(_either(match), "initrd")


def _acpi(line: str, notes: Notes) -> None:
    if match := _acpi_reserve(line):
        notes.reserve(inclusive(match[2], match[3]), f"ACPI table {match[1]}")
    elif match := _override(line):
        notes.overridden[match[1]] = int(match[2], 16)
    elif match := _table(line):
        notes.tables.append(TableLine(match[1], int(match[2], 16), int(match[3], 16)))


def _mp(line: str, notes: Notes) -> None:
    if match := _mp_table(line):
        notes.reserve(inclusive(match[1], match[2]), "MP table")


def _real_mode(line: str, notes: Notes) -> None:
    if match := _trampoline(line):
        start = int(match[1], 16)
        notes.reserve(Span(start, start + int(match[2])), "real-mode trampoline")


def _direct_mapping(line: str, notes: Notes) -> None:
    if match := _page_tables(line):
        notes.reserve(_either(match), "page tables")


def _crash_kernel(line: str, notes: Notes) -> None:
    if match := _crash(line):
        size, start = int(match[1]) * MIB, int(match[2]) * MIB
        notes.reserve(Span(start, start + size), "crash kernel")
    elif match := _crash_new(line):
        notes.reserve(exclusive(match[1], match[2]), "crash kernel")


def _contiguous(line: str, notes: Notes) -> None:
    if match := _cma(line):
        start = int(match[2], 16)
        notes.reserve(Span(start, start + int(match[1]) * MIB), "CMA area")


def _early_reservation(line: str, notes: Notes) -> None:
    if match := _early(line):
        # 2.6 lists them once its nodes are set up: they are older than the line.
        taken = Reservation(exclusive(match[1], match[2]), match[3].strip())
        notes.reservations.append(taken)


def _only(name: str) -> Callable[[str, Notes], None]:
    """Return a reader of lines that only kernels of one architecture print."""

    def read(_line: str, notes: Notes) -> None:
        notes.fact("machine", name)

    return read


def _dmi(line: str, notes: Notes) -> None:
    name = line.removeprefix("DMI: ")
    if not name.startswith(("SMBIOS ", "Memory slots", "present")):
        notes.fact("dmi", name)


def _lost(line: str, notes: Notes) -> None:
    """Read what the console prints in place of messages that came faster than it writes."""
    if match := _dropped(line):
        notes.dropped += int(match[1])


def _hypervisor(line: str, notes: Notes) -> None:
    notes.fact("hypervisor", line.rpartition(": " if ": " in line else " on ")[2].strip())


def _paravirt(line: str, notes: Notes) -> None:
    if not line.rstrip().endswith("bare hardware"):
        _hypervisor(line, notes)


def _no_kaslr(_line: str, notes: Notes) -> None:
    notes.fact("kaslr_disabled", value=True)


def _block_size(line: str, notes: Notes) -> None:
    if match := _block(line):
        size = int(match[1]) * MIB if match[1] else int(match[2]) * GIB
        notes.fact("memory_block_bytes", size)


def _memory_limit(line: str, notes: Notes) -> None:
    if match := _limited(line):
        notes.facts["memory_limit"] = int(match[1]) * MIB


def _gb_pages(line: str, notes: Notes) -> None:
    notes.facts["gb_pages"] = line.startswith("Using") or bool(notes.facts.get("gb_pages"))


def _malformed(line: str, notes: Notes) -> None:
    if line == "Malformed early option 'numa'":
        notes.fact("numa_refused", value=True)


def _unmirrored(_line: str, notes: Notes) -> None:
    if notes.answer_at is None:
        notes.fact("lacks_mirrored", value=True)


def has_word(line: str) -> bool:
    """Return whether `anywhere` may find something in a line."""
    return "2apic" in line or "2APIC" in line or _IN_INITRD in line or _NUMA_INIT in line


def anywhere(line: str, notes: Notes) -> None:
    """Read what may be anywhere in a line."""
    if ("2apic" in line or "2APIC" in line) and _x2apic(line):
        notes.fact("x2apic_enabled", value=True)
    if _IN_INITRD in line:
        notes.fact("tables_in_initrd", value=True)
    if _NUMA_INIT in line:
        notes.fact("distance_call_line", notes.at)


def _max_nodes(line: str, notes: Notes) -> None:
    if match := _slub.search(line[:300]):
        notes.fact("max_nodes", int(match[1]))


RULES = (
    NoteRule("Linux version ", _version),
    NoteRule("Command line: ", _command_line),
    NoteRule("Kernel command line: ", _whole_command_line),
    NoteRule("Bootdata ok (", _oldest_command_line),
    NoteRule("RAMDISK: ", _initrd),
    NoteRule("initrd: ", _initrd),
    NoteRule("Allocated new RAMDISK: ", _initrd),
    NoteRule("ACPI: ", _acpi),
    NoteRule("found SMP MP-table", _mp),
    NoteRule("Base memory trampoline", _real_mode),
    NoteRule("kernel direct mapping tables", _direct_mapping),
    NoteRule("Reserving ", _crash_kernel),
    NoteRule("crashkernel ", _crash_kernel),
    NoteRule("cma: Reserved ", _contiguous),
    NoteRule("#", _early_reservation),
    NoteRule("DMI: ", _dmi),
    NoteRule("** ", _lost),
    NoteRule("Hypervisor detected: ", _hypervisor),
    NoteRule("Booting paravirtualized kernel on ", _paravirt),
    NoteRule("KASLR disabled", _no_kaslr),
    NoteRule("x86/mm: Memory block size", _block_size),
    NoteRule("Memory block size", _block_size),
    NoteRule("memory block size", _block_size),
    NoteRule("Using 2GB memory block size", _block_size),
    NoteRule("Memory limited to ", _memory_limit),
    NoteRule("SLUB: ", _max_nodes),
    *(NoteRule(prefix, _only(row.name)) for row in ARCHITECTURES for prefix in row.log_lines),
    NoteRule("Using GB pages", _gb_pages),
    NoteRule("init_memory_mapping", _gb_pages),
    NoteRule("Malformed early option", _malformed),
    NoteRule("Could not allocate ", _unmirrored),
)
