"""A machine in TOML: tables line by line, the memory map, and the kernel that is to boot on it.

Values are typed and checked here; what the lines of a table mean is `assemble`'s business.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from srat_tool.authoring.keys import SpecKeys
from srat_tool.authoring.lines import SpecLine
from srat_tool.authoring.runs import read_hex, read_range
from srat_tool.authoring.sections import SECTIONS, SpecSection
from srat_tool.base.architecture import ArchitectureError, architecture
from srat_tool.base.errors import SpecError
from srat_tool.base.numerals import whole
from srat_tool.base.span import Span
from srat_tool.base.toml import TomlError, toml_document
from srat_tool.observe.facts import Reservation
from srat_tool.tables.memmap import MapEntry, MemoryMap, MemoryType

if TYPE_CHECKING:
    from srat_tool.plan.event_values import GivenEvent

MEMORY_KEYS = {kind.name.lower(): int(kind) for kind in MemoryType}
_HEADER_KEYS = ("revision", "oem", "length", "checksum", "size", "tail")


class Oem(NamedTuple):
    """The header's five identifying fields, in the table's order; texts are padded with NUL."""

    oem_id: bytes = b"SRATTL"
    oem_table_id: bytes = b"SRATTOOL"
    oem_revision: int = 1
    creator_id: bytes = b"STL "
    creator_revision: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSpec:
    """One table.

    Attributes:
        section: the name of its section, a key of `SECTIONS`.
        where: the section as the user finds it, for messages.
        signature: four bytes; anything in a section `table`.
        revision: of the header.
        oem: the identifying fields.
        length: what the header states when that is not the truth.
        checksum: what the header states when that is not right.
        size: the file is cut to so many bytes.
        fields: integers of the fixed part; None follows from the lines.
        lines: the table's body.
        tail: bytes that follow, not counted in the header's length.
    """

    section: str
    where: str
    signature: bytes
    revision: int
    oem: Oem
    length: int | None = None
    checksum: int | None = None
    size: int | None = None
    fields: Mapping[str, int | None] = field(default_factory=dict)
    lines: tuple[SpecLine, ...] = ()
    tail: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class KernelSpec:
    """The kernel that is to boot on the machine; None is what the spec does not set.

    Attributes:
        version: profile or release.
        image: the range of the kernel.
        initrd: the range of the initrd.
        cmdline: the whole command line.
        reserve: further early reservations.
        config: kernel configuration values that differ from the profile's.
    """

    version: str | None = None
    image: Span | None = None
    initrd: Span | None = None
    cmdline: str | None = None
    reserve: tuple[Reservation, ...] = ()
    config: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """A whole machine.

    Attributes:
        where: the user's path.
        name: short name; empty when there is none.
        title: one line about what is special.
        why: why the scenario is worth having.
        arch: an architecture of the registry; None when the spec names none.
        tables: in the order of the root table.
        memory: the firmware's map; None when the spec has none.
        kernel: what is to boot.
        events: what happens to memory after the boot, in order.
        expect: the result that the author expects, unjudged.
    """

    where: str
    name: str = ""
    title: str = ""
    why: str = ""
    arch: str | None = None
    tables: tuple[TableSpec, ...] = ()
    memory: MemoryMap | None = None
    kernel: KernelSpec = KernelSpec()
    events: tuple[GivenEvent, ...] = ()
    expect: Mapping[str, Any] = field(default_factory=dict)


def parse_spec(text: str, where: str = "spec") -> Spec:
    """Read a spec.

    Raises:
        SpecError: with the line or key, and what was expected there.
    """
    try:
        document = toml_document(text, where)
    except TomlError as error:
        raise SpecError(error.what, where=where) from error
    parts: dict[str, Any] = {}
    tables: list[TableSpec] = []
    for name, value in document.items():
        if name in SECTIONS:
            for index, entry in enumerate(value if isinstance(value, list) else [value]):
                label = f"[{name}]" if not isinstance(value, list) else f"[[{name}]] {index + 1}"
                tables.append(_table(name, SpecKeys(text, where, label, entry)))
        elif name == "event":
            from srat_tool.authoring.events import read_spec_events  # noqa: PLC0415 - few have any

            parts["events"] = read_spec_events(value, where)
        elif name in _PARTS:
            parts |= _PARTS[name](SpecKeys(text, where, f"[{name}]", value))
        else:
            known = ", ".join(known_sections())
            raise SpecError(
                "unknown section", where=where, got=f"[{name}]", expected=f"one of {known}"
            )
    return Spec(where=where, tables=tuple(tables), **parts)


def _table(name: str, keys: SpecKeys) -> TableSpec:
    section = SECTIONS[name]
    signature = section.signature
    if not signature:
        signature = _text(keys, "signature", 4)
    fields = {}
    for key, norm in section.norm.items():
        value = keys.number(key)
        fields[key] = norm if value is None else value
    revision = keys.number("revision")
    spec = TableSpec(
        section=name,
        where=f"{keys.path}: {keys.label}",
        signature=signature,
        revision=section.revision if revision is None else revision,
        oem=_oem(keys),
        length=keys.number("length"),
        checksum=keys.number("checksum"),
        size=keys.number("size"),
        fields=fields,
        lines=keys.lines(section.text),
        tail=keys.read("tail", read_hex, keys.take("tail", str, "-")),
    )
    keys.finish(_known_keys(section))
    return spec


def _known_keys(section: SpecSection) -> tuple[str, ...]:
    signature = () if section.signature else ("signature",)
    return (*signature, *_HEADER_KEYS, *section.norm, section.text)


def _text(keys: SpecKeys, key: str, size: int) -> bytes:
    return _fixed(keys, key, keys.take(key, str, ""), size)


def _fixed(keys: SpecKeys, key: str, value: object, size: int) -> bytes:
    """Return a text as `size` bytes; each character is one byte."""
    if not isinstance(value, str) or len(value) > size or any(ord(c) > 0xFF for c in value):
        raise keys.fail(key, "wrong text", got=repr(value), expected=f"at most {size} bytes")
    return value.encode("latin-1").ljust(size, b"\0")


def _oem(keys: SpecKeys) -> Oem:
    norm = Oem()
    values = keys.take("oem", list, [])
    if not values:
        return norm
    if len(values) > len(norm):
        expected = '["OEM ID", "TABLE ID", revision, "CREATOR", revision]'
        raise keys.fail("oem", "too many values", got=len(values), expected=expected)
    fields: list[Any] = []
    for value, like in zip(values, norm, strict=False):
        if isinstance(like, bytes):
            fields.append(_fixed(keys, "oem", value, len(like)))
        elif isinstance(value, int) and 0 <= value < 1 << 32:
            fields.append(value)
        else:
            raise keys.fail("oem", "wrong revision", got=repr(value), expected="a 32-bit number")
    return norm._replace(**dict(zip(norm._fields, fields, strict=False)))


def _machine(keys: SpecKeys) -> dict[str, Any]:
    texts = {key: keys.take(key, str, "") for key in ("name", "title", "why")}
    arch = keys.take("arch", str, "")
    try:
        known = architecture(arch).name if arch else None
    except ArchitectureError as error:
        raise keys.fail("arch", error.what, got=arch, expected=error.expected) from error
    keys.finish(("name", "title", "why", "arch"))
    return {**texts, "arch": known}


def _memory(keys: SpecKeys) -> dict[str, Any]:
    entries = []
    attributes = {
        key: tuple(keys.read(key, read_range, text) for text in keys.texts(key))
        for key in ("mirrored", "hot_pluggable")
    }
    for key in keys.known:
        kind = MEMORY_KEYS.get(key, whole(key))
        if kind is not None:
            spans = (keys.read(key, read_range, text) for text in keys.texts(key))
            entries += [MapEntry(span.start, span.end, kind) for span in spans]
    keys.finish((*MEMORY_KEYS, *attributes, "a type as a number"))
    memory = MemoryMap(
        entries=tuple(sorted(entries)),
        **attributes,
        what=f"[memory] of {keys.path}",
    )
    return {"memory": memory}


def _kernel(keys: SpecKeys) -> dict[str, Any]:
    reserve = []
    for text in keys.texts("reserve"):
        span, _, what = text.partition(" ")
        reserve.append(Reservation(keys.read("reserve", read_range, span), what.strip()))
    kernel = KernelSpec(
        version=keys.take("version", str, "") or None,
        image=_span(keys, "image"),
        initrd=_span(keys, "initrd"),
        cmdline=keys.take("cmdline", str, "") if "cmdline" in keys.values else None,
        reserve=tuple(reserve),
        config={k: str(v) for k, v in keys.take("config", dict, {}).items()},
    )
    keys.finish(("version", "image", "initrd", "cmdline", "reserve", "config"))
    return {"kernel": kernel}


def _span(keys: SpecKeys, key: str) -> Span | None:
    text = keys.take(key, str, "")
    return cast("Span", keys.read(key, read_range, text)) if text else None


def _expect(keys: SpecKeys) -> dict[str, Any]:
    return {"expect": keys.values}


_PARTS = {"machine": _machine, "memory": _memory, "kernel": _kernel, "expect": _expect}


def known_sections() -> tuple[str, ...]:
    """Return the names of the sections that a spec may have."""
    return (*_PARTS, "event", *SECTIONS)
