"""From bytes back to a spec: whatever the bytes are, building the spec gives exactly them again.

Structures that no line describes exactly are written as bytes, so no table is too damaged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from srat_tool.authoring.joining import join_runs
from srat_tool.authoring.languages import LANGUAGES
from srat_tool.authoring.line_writer import LineWriter
from srat_tool.authoring.lines import WrittenLine
from srat_tool.authoring.runs import write_hex, write_number, write_range
from srat_tool.authoring.sections import BY_SIGNATURE, SECTIONS, SpecSection
from srat_tool.authoring.spec import MEMORY_KEYS, KernelSpec, Oem
from srat_tool.grammar.header import decode_header
from srat_tool.grammar.slit import decode_slit
from srat_tool.grammar.walk import Family, encode_walked
from srat_tool.tables.header import CHECKSUM_OFFSET, HEADER_SIZE
from srat_tool.tables.memmap import MemoryMap

_BYTES_A_LINE = 32
_WIDEST_ROW = 1024


class Body(NamedTuple):
    """What a section declares about everything after the header.

    Attributes:
        fields: integers of the fixed part.
        lines: the text, line by line.
        whole: bytes after the header that the lines describe; more than there were in a cut file.
    """

    fields: Mapping[str, int | None]
    lines: list[str]
    whole: bytes


def decompile(
    tables: Sequence[bytes],
    memory: MemoryMap | None = None,
    kernel: KernelSpec | None = None,
    title: str = "",
) -> str:
    """Return the spec of a machine, ready to be sent.

    Args:
        tables: the bytes of each table, in the order of the root table.
        memory: the firmware's memory map, when it is known.
        kernel: what is to boot, as far as it is known.
        title: one line for readers.
    """
    names = [BY_SIGNATURE.get(data[:4], "table") for data in tables]
    often = Counter(names)
    parts = [f"[machine]\ntitle = {_quoted(title)}\n"] if title else []
    for name, data in zip(names, tables, strict=True):
        several = often[name] > 1 or name == "table"
        heading = f"[[{name}]]" if several else f"[{name}]"
        parts.append("\n".join([heading, *_section(name, data)]) + "\n")
    if memory is not None:
        parts.append("\n".join(["[memory]", *_memory(memory)]) + "\n")
    if kernel is not None:
        parts.append("\n".join(["[kernel]", *_kernel(kernel)]) + "\n")
    return "\n".join(parts)


def _section(name: str, data: bytes) -> Iterator[str]:
    """Yield the keys of one table's section."""
    section = SECTIONS[name]
    header = decode_header(data)
    body = _BODIES[name](name, data)
    oem = Oem(*header[4:])
    if not section.signature:
        yield f"signature = {_quoted(header.signature)}"
    if header.revision != section.revision:
        yield f"revision = {header.revision}"
    if oem != Oem():
        yield f"oem = [{', '.join(_oem_value(value) for value in oem)}]"
    yield from _faults(section, data, body, header.length)
    for key, value in body.fields.items():
        if value is not None and value != section.norm[key]:
            yield f"{key} = {write_number(value)}"
    if body.lines:
        yield f"{section.text} = '''"
        yield from body.lines
        yield "'''"


def _faults(section: SpecSection, data: bytes, body: Body, length: int) -> Iterator[str]:
    """Yield the keys that describe how the header or the end of the file is wrong."""
    true_length = HEADER_SIZE + len(body.whole)
    if length != true_length:
        yield f"length = {length}"
    whole = bytearray(data[:HEADER_SIZE].ljust(HEADER_SIZE, b"\0") + body.whole)
    stated = whole[CHECKSUM_OFFSET]
    whole[CHECKSUM_OFFSET] = 0
    if stated != -sum(whole[:length]) & 0xFF:
        yield f"checksum = {stated:#04x}"
    if len(data) != true_length:
        yield f"size = {len(data)}"


def _entries(name: str, data: bytes) -> Body:
    section, language = SECTIONS[name], LANGUAGES[name]
    table = section.codec.decode(data).table
    writer = LineWriter(language)
    written: list[WrittenLine] = []
    chunks: list[bytes] = []
    for piece, last in _chunks(table, data, language.family):
        line, whole = writer.write(piece, last=last)
        written.append(line)
        chunks.append(whole)
    fields = {name: getattr(table, name) for name in section.norm}
    whole_body = section.encode_fixed(fields) + b"".join(chunks)
    return Body(fields, list(join_runs(written)), whole_body)


def _chunks(table: Any, data: bytes, family: Family) -> Iterator[tuple[bytes, bool]]:
    """Yield the bytes of each structure that were there, and whether it is the last."""
    for piece in _pieces(getattr(table, "gap", b"")):
        yield piece, False
    for entry in table.entries:
        chunk = b"".join(encode_walked((entry,), family))[: len(data) - entry.offset]
        if entry.length:
            yield chunk, entry is table.entries[-1]
        else:
            yield from ((piece, False) for piece in _pieces(chunk))


def _pieces(data: bytes) -> Iterator[bytes]:
    """Split bytes that belong to no structure into lines that can be read."""
    return (data[at : at + _BYTES_A_LINE] for at in range(0, len(data), _BYTES_A_LINE))


def _slit(name: str, data: bytes) -> Body:
    table = decode_slit(data).table
    cells = table.entries + table.tail
    count = table.localities
    complete = count * count == len(cells)
    width = count if 0 < count <= _WIDEST_ROW else _BYTES_A_LINE
    lines = [_row(cells[at : at + width], wide=width > 16) for at in range(0, len(cells), width)]
    fields = {"localities": count}
    whole = SECTIONS[name].encode_fixed(fields) + cells
    return Body({"localities": None} if complete and width == count else fields, lines, whole)


def _row(cells: bytes, *, wide: bool) -> str:
    """Return distances as text; in a wide row equal neighbours are counted."""
    if not wide:
        return " ".join(f"{cell:3}" for cell in cells)
    groups = ((value, len(list(same))) for value, same in groupby(cells))
    return " ".join(str(value) if count == 1 else f"{value}x{count}" for value, count in groups)


def _opaque(_name: str, data: bytes) -> Body:
    body = data[HEADER_SIZE:]
    return Body({}, [write_hex(piece) for piece in _pieces(body)], body)


def _memory(memory: MemoryMap) -> Iterator[str]:
    names = {value: name for name, value in MEMORY_KEYS.items()}
    by_kind: dict[int, list[str]] = {}
    for entry in memory.entries:
        by_kind.setdefault(entry.type, []).append(write_range(entry.span))
    for kind, ranges in by_kind.items():
        yield f"{names.get(kind, kind)} = {_list(ranges)}"
    if memory.mirrored:
        yield f"mirrored = {_list(write_range(span) for span in memory.mirrored)}"


def _kernel(kernel: KernelSpec) -> Iterator[str]:
    if kernel.version is not None:
        yield f"version = {_quoted(kernel.version)}"
    for key, span in (("image", kernel.image), ("initrd", kernel.initrd)):
        if span is not None:
            yield f"{key} = {_quoted(write_range(span))}"
    if kernel.cmdline is not None:
        yield f"cmdline = {_quoted(kernel.cmdline)}"
    if kernel.reserve:
        texts = (f"{write_range(one.span)} {one.what}".rstrip() for one in kernel.reserve)
        yield f"reserve = {_list(texts)}"
    if kernel.config:
        pairs = (f"{_quoted(key)} = {_quoted(value)}" for key, value in kernel.config.items())
        yield f"config = {{ {', '.join(pairs)} }}"


def _list(texts: Iterable[str]) -> str:
    return f"[{', '.join(_quoted(text) for text in texts)}]"


def _oem_value(value: bytes | int) -> str:
    return hex(value) if isinstance(value, int) else _quoted(value.rstrip(b"\0"))


def _quoted(text: str | bytes) -> str:
    """Return a TOML basic string; bytes are one character each."""
    characters = text.decode("latin-1") if isinstance(text, bytes) else text
    return '"' + "".join(_escaped(c) for c in characters) + '"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


_BODIES: dict[str, Callable[[str, bytes], Body]] = {
    **dict.fromkeys(LANGUAGES, _entries),
    "slit": _slit,
    "table": _opaque,
}
