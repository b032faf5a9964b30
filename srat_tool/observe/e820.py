"""Memory-map lines: e820 in all its wordings, its edits, and the EFI map.

*Mirrors:* arch/x86/kernel/e820.c `e820__print_table`, `e820__range_update`, `e820__range_remove`
(since 2.6); drivers/firmware/efi `efi_print_memmap` (since 2.6).
"""

from __future__ import annotations

import re

from srat_tool.base.numerals import whole
from srat_tool.base.span import Span
from srat_tool.observe.facts import ANY_TYPE, MapEdit
from srat_tool.observe.notes import HEX, MEM, NoteRule, Notes, exclusive, inclusive, matcher
from srat_tool.tables.memmap import EFI_BOOT_SERVICES, EfiRegion, MapEntry, MemoryType

_WORDS = {
    "usable": MemoryType.RAM,
    "system ram": MemoryType.RAM,
    "reserved": MemoryType.RESERVED,
    "device reserved": MemoryType.RESERVED,
    "acpi data": MemoryType.ACPI,
    "acpi nvs": MemoryType.NVS,
    "acpi non-volatile storage": MemoryType.NVS,
    "unusable": MemoryType.UNUSABLE,
    "unusable memory": MemoryType.UNUSABLE,
    "soft reserved": MemoryType.SOFT_RESERVED,
    "persistent memory": MemoryType.PMEM,
    "persistent ram": MemoryType.PRAM,
    "reserved (kernel)": MemoryType.RESERVED_KERN,
    "": ANY_TYPE,
}
_BEGUN = re.compile(
    rf"(?:{'|'.join(map(re.escape, sorted(filter(None, _WORDS), key=len, reverse=True)))})(?![\w-])"
)
_NUMBERED = re.compile(r"[a-z ]{0,24}\(?type (\d{1,10})\)?")

MAP_WORDS = (
    "BIOS-e820",
    "BIOS-e801",
    "BIOS-88",
    "Xen",
    "user",
    "reserve setup_data",
    "modified",
)
_HEADINGS = ("BIOS-provided", "user-defined", "extended", "modified", "Xen")
_EFI_TYPES = (
    "Reserved",
    "Loader Code",
    "Loader Data",
    "Boot Code",
    "Boot Data",
    "Runtime Code",
    "Runtime Data",
    "Conventional",
    "Unusable",
    "ACPI Reclaim",
    "ACPI Mem NVS",
    "MMIO",
    "MMIO Port",
    "PAL Code",
    "Persistent",
)
_LONGER_NAMES = {
    "Conventional Memory": "Conventional",
    "Unusable Memory": "Unusable",
    "ACPI Reclaim Memory": "ACPI Reclaim",
    "ACPI Memory NVS": "ACPI Mem NVS",
    "Memory Mapped I/O": "MMIO",
    "MMIO Port Space": "MMIO Port",
    "Persistent Memory": "Persistent",
}
_EFI_TO_E820 = {
    **dict.fromkeys(
        (*EFI_BOOT_SERVICES, "Loader Code", "Loader Data", "Conventional"), MemoryType.RAM
    ),
    "ACPI Reclaim": MemoryType.ACPI,
    "ACPI Mem NVS": MemoryType.NVS,
    "Unusable": MemoryType.UNUSABLE,
    "Persistent": MemoryType.PMEM,
}

_new_entry = matcher(rf"([\w -]{{3,20}}): {MEM} {{0,4}}(.{{0,40}})")
_begun_entry = matcher(rf"(?:{'|'.join(MAP_WORDS)}): (?:\[mem |[0-9a-f]{{8,16}}(?: -|$))")
_old_entry = matcher(rf"([\w -]{{3,20}}): ({HEX}) - ({HEX}) \((.{{1,40}}?)\)$")
_new_edit = matcher(rf"e820: (?:update|remove) {MEM} {{0,4}}([^=]{{0,40}})(?:==> (.{{1,40}}))?$")
_old_edit = matcher(
    rf"e820 (?:update|remove) range: ({HEX}) - ({HEX}) (?:\((.{{1,40}}?)\))?"
    r"(?: ==> \((.{1,40}?)\))?$"
)
_last_pfn = matcher(rf"(?:e820: )?last_pfn = ({HEX}) ")
_x86_efi = matcher(
    rf"(?:efi|EFI): mem\d{{1,6}}: (?:\[(.{{1,90}}?)\]|type=(\d{{1,10}}), attr={HEX},) ?"
    rf"range=\[({HEX})-({HEX})([\])])"
)
_arm_efi = matcher(rf"efi: {{1,4}}({HEX})-({HEX}) \[(.{{1,90}}?)\]")
_loongarch_efi = matcher(
    rf"(?:Node\d{{1,10}}|Resvd): mem_type:(\d{{1,10}}), mem_start:({HEX}), mem_size:({HEX}) Bytes"
)
_mirrored = matcher(r"efi: Memory: (\d{1,12})M/(\d{1,12})M mirrored memory")


def type_of(words: str) -> int:
    """Return the e820 type that the kernel's words name; RESERVED for words that is unknown."""
    kind = _known_type(words)
    return int(MemoryType.RESERVED) if kind is None else kind


def _known_type(words: str) -> int | None:
    """Return the type; what follows the words, as the next message, is not part of them."""
    words = words.strip().lower()
    known = _WORDS.get(words)
    if known is not None:
        return int(known)
    if numbered := _NUMBERED.match(words):
        return int(numbered[1])
    begun = _BEGUN.match(words)
    return int(_WORDS[begun[0]]) if begun else None


def _is_garbled(line: str) -> bool:
    """Return whether a line begins as one of a map does, and does not go on as one."""
    if match := _new_entry(line) or _old_entry(line):
        return match[1] in MAP_WORDS and not _known_type(match[4])
    return _begun_entry(line) is not None


def entry_of(line: str) -> tuple[str, MapEntry] | None:
    """Read one line of a map: the word before the colon, and the range; None for other lines."""
    if match := _new_entry(line):
        span = inclusive(match[2], match[3])
    elif match := _old_entry(line):
        span = exclusive(match[2], match[3])
    else:
        return None
    if match[1] not in MAP_WORDS:
        return None
    return match[1], MapEntry(span.start, span.end, type_of(match[4]))


def efi_region(line: str) -> EfiRegion | None:
    """Read one line of the EFI map, of any architecture; None for other lines."""
    if match := _x86_efi(line):
        read = inclusive if match[5] == "]" else exclusive
        return _region(read(match[3], match[4]), match[1] or match[2])
    if match := _arm_efi(line):
        return _region(inclusive(match[1], match[2]), match[3])
    if match := _loongarch_efi(line):
        start = int(match[2], 16)
        return _region(Span(start, start + int(match[3], 16)), match[1])
    return None


def _region(span: Span, text: str) -> EfiRegion:
    words = [word.strip() for word in text.split("|")]
    word = words[0]
    number = whole(word)
    if number is not None:
        word = _EFI_TYPES[number] if number < len(_EFI_TYPES) else word
    return EfiRegion(span, _LONGER_NAMES.get(word, word), tuple(word for word in words[1:] if word))


def e820_type_of(region: EfiRegion) -> int:
    """Return the e820 type that `do_add_efi_memmap` gives an EFI type; SP RAM is soft-reserved."""
    made = _EFI_TO_E820.get(region.type, MemoryType.RESERVED)
    is_kept = made is MemoryType.RAM and "SP" in region.attributes
    return int(MemoryType.SOFT_RESERVED if is_kept else made)


def _entry(line: str, notes: Notes) -> None:
    found = entry_of(line)
    if _is_garbled(line):
        notes.garbled += 1
        notes.map_at = notes.at
        return
    if not found:
        return
    word, entry = found
    if not notes.maps:
        notes.map_headed = notes.heading
    if notes.map_begins or notes.maps[-1][0] != word:
        notes.maps.append((word, []))
        notes.map_begins = False
    notes.maps[-1][1].append(entry)
    notes.map_at = notes.at


def _heading(line: str, notes: Notes) -> None:
    if line.rstrip().endswith("physical RAM map:"):
        notes.map_begins = True
        notes.heading = True


def _edit(line: str, notes: Notes) -> None:
    if match := _new_edit(line):
        span = inclusive(match[1], match[2])
    elif match := _old_edit(line):
        span = exclusive(match[1], match[2])
    else:
        _heading(line, notes)
        _pfn(line, notes)
        return
    new = None if match[4] is None else type_of(match[4])
    notes.edits.append(MapEdit(span, type_of(match[3] or ""), new, notes.at))


def _pfn(line: str, notes: Notes) -> None:
    if match := _last_pfn(line):
        notes.last_pfns.append(int(match[1], 16))
        notes.last_pfn_at = notes.at


def _efi(line: str, notes: Notes) -> None:
    notes.fact("efi", value=True)
    if region := efi_region(line):
        notes.efi_map.append(region._replace(line=notes.at))
    elif match := _mirrored(line):
        notes.fact("mirrored_bytes", (int(match[1]) << 20, int(match[2]) << 20))


def _typed_efi(line: str, notes: Notes) -> None:
    """Read a line of loongarch64, which prints the EFI map once nodes are known.

    A range that is RAM and reserved has two lines.
    """
    region = efi_region(line)
    if region is not None and (not notes.efi_map or notes.efi_map[-1].span != region.span):
        notes.efi_map.append(region._replace(line=notes.at))


def _comment(line: str, notes: Notes) -> None:
    if "elided" in line or "not seen" in line:
        notes.gaps.append(notes.at)
        notes.elided |= notes.map_at == notes.at - 1


RULES = (
    *(NoteRule(f"{word}: ", _entry) for word in MAP_WORDS),
    *(NoteRule(f"{word} physical RAM map:", _heading) for word in _HEADINGS),
    NoteRule("e820", _edit),
    NoteRule("last_pfn = ", _pfn),
    NoteRule("efi: ", _efi),
    NoteRule("EFI: ", _efi),
    NoteRule("EFI v", _efi),
    NoteRule("Node", _typed_efi),
    NoteRule("Resvd: ", _typed_efi),
    NoteRule("#", _comment),
)
