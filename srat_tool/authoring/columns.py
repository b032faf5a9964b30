"""The positional parts of a line: the fields of a structure that always come first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

from srat_tool.authoring.runs import (
    StructureRun,
    read_hex,
    read_list,
    read_number,
    read_numbers,
    read_ranges,
    write_hex,
    write_list,
    write_numbers,
    write_ranges,
    write_size,
)
from srat_tool.base.errors import SpecError
from srat_tool.base.numerals import whole

Fields = dict[str, Any]
_PCI = re.compile(r"pci:([0-9a-f]{4}):([0-9a-f]{2}):([0-9a-f]{2})\.([0-7])")


class Column(Protocol):
    """A positional part of a line that describes one or more fields of a structure."""

    @property
    def what(self) -> str:
        """What the column describes, for messages."""

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that it describes."""

    def read(self, token: str) -> StructureRun:
        """Read the text of the column."""

    def write(self, run: StructureRun) -> str:
        """Write what `read` reads."""

    def put(self, values: tuple[int, ...]) -> Fields:
        """Return the fields that the values describe."""

    def take(self, fields: Fields) -> tuple[int, ...]:
        """Return the values that describe the fields."""


class Number(NamedTuple):
    """One integer field."""

    what: str
    name: str

    @property
    def fields(self) -> tuple[str, ...]:
        """The one field."""
        return (self.name,)

    def read(self, token: str) -> StructureRun:
        """Read a number or a run."""
        return read_numbers(token)

    def write(self, run: StructureRun) -> str:
        """Write a number or a run."""
        return write_numbers(run)

    def put(self, values: tuple[int, ...]) -> Fields:
        """Return the field."""
        return {self.name: values[0]}

    def take(self, fields: Fields) -> tuple[int, ...]:
        """Return the number."""
        return (fields[self.name],)


class SplitNumber(NamedTuple):
    """An integer whose low byte and higher bytes are two fields."""

    what: str
    low: str
    high: str
    high_bytes: int

    @property
    def fields(self) -> tuple[str, ...]:
        """Both parts."""
        return (self.low, self.high)

    def read(self, token: str) -> StructureRun:
        """Read a number or a run."""
        return read_numbers(token)

    def write(self, run: StructureRun) -> str:
        """Write a number or a run."""
        return write_numbers(run)

    def put(self, values: tuple[int, ...]) -> Fields:
        """Cut the number in two."""
        high = values[0] >> 8
        if high >> 8 * self.high_bytes:
            raise SpecError(f"{self.what} does not fit", got=values[0])
        return {self.low: values[0] & 0xFF, self.high: high.to_bytes(self.high_bytes, "little")}

    def take(self, fields: Fields) -> tuple[int, ...]:
        """Join the two parts."""
        return (fields[self.low] | int.from_bytes(fields[self.high], "little") << 8,)


class ColumnRange(NamedTuple):
    """A base and a size."""

    what: str
    base: str
    size: str

    @property
    def fields(self) -> tuple[str, ...]:
        """Both."""
        return (self.base, self.size)

    def read(self, token: str) -> StructureRun:
        """Read a range or a run of them."""
        return read_ranges(token)

    def write(self, run: StructureRun) -> str:
        """Write a range or a run of them."""
        return write_ranges(run)

    def put(self, values: tuple[int, ...]) -> Fields:
        """Return both fields."""
        return dict(zip(self.fields, values, strict=True))

    def take(self, fields: Fields) -> tuple[int, ...]:
        """Return both numbers."""
        return (fields[self.base], fields[self.size])


class Size(Number):
    """One integer field that is a size or an address."""

    __slots__ = ()

    def write(self, run: StructureRun) -> str:
        """Write a size in the largest unit that divides it; it never steps."""
        return write_size(run.first[0])


class Named(NamedTuple):
    """One integer field whose values have names."""

    what: str
    name: str
    names: Mapping[str, int]

    @property
    def fields(self) -> tuple[str, ...]:
        """The one field."""
        return (self.name,)

    def read(self, token: str) -> StructureRun:
        """Read a name, or a number that has none."""
        if token in self.names:
            return StructureRun((self.names[token],), (0,))
        if whole(token[:1]) is None:
            expected = f"one of {', '.join(self.names)}"
            raise SpecError(f"unknown {self.what}", got=repr(token), expected=expected)
        return StructureRun((read_number(token),), (0,))

    def write(self, run: StructureRun) -> str:
        """Write the name, or the number; it never steps."""
        by_value = {value: name for name, value in self.names.items()}
        return by_value.get(run.first[0], str(run.first[0]))

    def put(self, values: tuple[int, ...]) -> Fields:
        """Return the field."""
        return {self.name: values[0]}

    def take(self, fields: Fields) -> tuple[int, ...]:
        """Return the number."""
        return (fields[self.name],)


class Numbers(NamedTuple):
    """An array: `0,1,4..7`, `20*15` for fifteen of the same, `-` for none."""

    what: str
    name: str

    @property
    def fields(self) -> tuple[str, ...]:
        """The one field."""
        return (self.name,)

    def read(self, token: str) -> StructureRun:
        """Read the whole array; it never steps."""
        values = read_list(token)
        return StructureRun(values, (0,) * len(values))

    def write(self, run: StructureRun) -> str:
        """Write the whole array."""
        return write_list(run.first)

    def put(self, values: tuple[int, ...]) -> Fields:
        """Return the field."""
        return {self.name: values}

    def take(self, fields: Fields) -> tuple[int, ...]:
        """Return the array."""
        values: tuple[int, ...] = fields[self.name]
        return values


class Handle(NamedTuple):
    """The device handle of a generic initiator or port.

    `pci:0000:3a:00.0`, `acpi:ACPI0016:5` (hardware and unique id), or `TYPE:HEX` for anything else.
    """

    what: str = "device"
    fields: tuple[str, ...] = ("device_handle_type", "device_handle")

    def read(self, token: str) -> StructureRun:
        """Read one of the three spellings."""
        if match := _PCI.fullmatch(token):
            segment, bus, device, function = (int(part, 16) for part in match.groups())
            raw = segment.to_bytes(2, "little") + bytes((bus, device << 3 & 0xFF | function))
            return _handle(1, raw)
        kind, colon, rest = token.partition(":")
        if kind == "acpi" and len(rest) > 8 and rest[8] == ":":
            hid, uid = rest[:8].encode("ascii", "replace"), read_number(rest[9:])
            return _handle(0, hid + (uid & 0xFFFFFFFF).to_bytes(4, "little"))
        number = whole(kind)
        if not colon or number is None:
            expected = "pci:0000:3a:00.0, acpi:ACPI0016:5 or TYPE:HEX"
            raise SpecError("not a device handle", got=repr(token), expected=expected)
        return _handle(number, read_hex(rest))

    def write(self, run: StructureRun) -> str:
        """Write the most telling spelling that reads back to the same bytes."""
        kind, number = run.first
        raw = (number).to_bytes(16, "little")
        for text in (_as_pci(raw), _as_acpi(raw)):
            if text and self.read(text).first == run.first:
                return text
        return f"{kind}:{write_hex(raw)}"

    def put(self, values: tuple[int, ...]) -> Fields:
        """Return both fields."""
        return dict(zip(self.fields, (values[0], values[1].to_bytes(16, "little")), strict=True))

    def take(self, fields: Fields) -> tuple[int, ...]:
        """Return both as numbers."""
        return (fields[self.fields[0]], int.from_bytes(fields[self.fields[1]], "little"))


def _handle(kind: int, raw: bytes) -> StructureRun:
    if len(raw) > 16:
        raise SpecError("device handle has the wrong size", got=len(raw), expected="16 bytes")
    return StructureRun((kind, int.from_bytes(raw, "little")), (0, 0))


def _as_pci(raw: bytes) -> str:
    segment = int.from_bytes(raw[:2], "little")
    return f"pci:{segment:04x}:{raw[2]:02x}:{raw[3] >> 3:02x}.{raw[3] & 7}"


def _as_acpi(raw: bytes) -> str:
    hid = raw[:8].decode("latin-1")
    if not all("!" <= letter <= "~" and letter not in "=#'" for letter in hid):
        return ""
    return f"acpi:{hid}:{int.from_bytes(raw[8:12], 'little')}"
