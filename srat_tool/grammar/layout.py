"""One structure: a construct declaration, and the packed form that is derived from it.

construct is the description; a loop over tens of thousands of structures cannot afford to interpret
it. So the flat `struct` format is computed from the declaration itself, field by field, and a test
holds the two against each other on every table.

    | flat fields: integers, bytes | arrays counted by fields before them | extra |
    |<----------- size ----------->|
    |<-------------------- wanted, the length it should state --------->|
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from enum import IntFlag
from typing import Any, Generic, TypeVar

import construct

from srat_tool.base.errors import DecodeError
from srat_tool.base.values import NamedTuple

T = TypeVar("T")


class FieldRun(NamedTuple):
    """An array, or a byte string, whose count earlier fields give.

    Attributes:
        name: the field.
        code: the `struct` code of one element; `s` for a byte string.
        width: bytes of one element.
        count: elements that the fields before it announce; may be absurd.
    """

    name: str
    code: str
    width: int
    count: Callable[[Mapping[str, Any]], int]

    def unpack(self, data: bytes, start: int, count: int) -> Any:
        """Return `count` elements at `start`."""
        found = struct.unpack_from(f"<{count}{self.code}", data, start)
        return found[0] if self.code == "s" else found

    def pack(self, items: Any) -> bytes:
        """Return the elements as bytes."""
        return (
            bytes(items) if self.code == "s" else struct.pack(f"<{len(items)}{self.code}", *items)
        )


class Layout(Generic[T]):
    """A structure of integers and byte strings, followed by arrays.

    Args:
        make: the NamedTuple to decode into: `offset`, then the fields of the declaration in order
            (more fields must have defaults).
        declaration: a construct `Struct` of little-endian integers and `Bytes`, then arrays of
            integers or bytes counted by earlier fields.
        sizes: lengths that the structure had in the editions of its specification, ascending, when
            it grew; in a shorter one the later fields are None.
        defined: the bits that mean something, or the flags that name them, of each field whose
            other bits are reserved.
    """

    def __init__(
        self,
        make: Callable[..., T],
        declaration: Any,
        sizes: tuple[int, ...] = (),
        defined: Mapping[str, int | type[IntFlag]] | None = None,
    ) -> None:
        self.make = make
        self.declaration = declaration
        self.runs = tuple(_run(field) for field in declaration.subcons if _is_counted(field))
        flat = [field for field in declaration.subcons if not _is_counted(field)]
        self.codes = tuple(_format(field) for field in flat)
        self.packed = struct.Struct("<" + "".join(self.codes))
        self.size = self.packed.size
        self.flat: tuple[str, ...] = tuple(field.name for field in flat)
        self.fields: tuple[str, ...] = tuple(field.name for field in declaration.subcons)
        self.editions = {size: self._cut(size) for size in sizes}
        self._defined = {name: _bits(named) for name, named in (defined or {}).items()}
        # The one length at which `decode` alone is right; -1 when there is none.
        self.exact = -1 if self.runs or self.editions else self.size

    def reserved(self, but: Mapping[str, int] | None = None) -> dict[str, int]:
        """Return the mask of the bits that must be 0, by flat field; only fields that have some.

        A field whose name begins with `reserved` is reserved whole.

        Args:
            but: what another edition says of some fields: the bits that mean something there.
        """
        defined = {**self._defined, **(but or {})}
        sizes = {n: struct.calcsize(f"<{c}") for n, c in zip(self.flat, self.codes, strict=True)}
        masks = {
            name: ((1 << 8 * size) - 1) & ~defined.get(name, 0)
            for name, size in sizes.items()
            if name in defined or name.startswith("reserved")
        }
        return {name: mask for name, mask in masks.items() if mask}

    def decode(self, data: bytes, offset: int) -> T:
        """Read the flat fields at `offset`; `data` must reach that far."""
        return self.make(offset, *self.packed.unpack_from(data, offset))

    def decode_up_to(self, data: bytes, offset: int, stop: int) -> T:
        """Read flat fields and arrays as far as they fit before `stop`; the rest is `extra`.

        Flat fields are read even after `stop`; `data` must reach that far.
        """
        packed = self._edition(stop - offset)
        values = list(packed.unpack_from(data, offset))
        at = offset + packed.size
        named = dict(zip(self.flat, values, strict=False))
        whole = True
        for run in self.runs:
            announced = max(0, run.count(named)) if whole else 0
            count = min(announced, max(0, stop - at) // run.width)
            values.append(run.unpack(data, at, count))
            at += count * run.width
            whole = whole and count == announced
        return self.make(offset, *values, extra=data[at:stop])

    def wanted(self, value: Any) -> tuple[int, ...]:
        """Return the lengths that a structure with these fields may state, ascending."""
        if self.editions:
            return tuple(self.editions)
        named = value._asdict()
        return (self.size + sum(max(0, run.count(named)) * run.width for run in self.runs),)

    def parse(self, data: bytes, offset: int) -> T:
        """Read the same through construct, field by field: the reference for the packed form.

        Raises:
            DecodeError: when `data` ends before the structure does.
        """
        try:
            found = self.declaration.parse(data[offset:])
        except construct.ConstructError as error:
            raise DecodeError("structure is cut", offset=offset) from error
        values = (found[name] for name in self.fields)
        return self.make(offset, *(tuple(v) if isinstance(v, list) else v for v in values))

    def encode(self, value: NamedTuple) -> bytes:
        """Write the declared fields of `value`; anything it carries beyond them is the caller's."""
        count = len(self.flat)
        if not self.editions:
            head = self.packed.pack(*value[1 : 1 + count])
            return head + b"".join(run.pack(getattr(value, run.name)) for run in self.runs)
        stated = [item for item in value[1 : 1 + count] if item is not None]
        return struct.pack("<" + "".join(self.codes[: len(stated)]), *stated)

    def _edition(self, room: int) -> struct.Struct:
        """Return the packed form of the longest edition that fits, or else of the first one."""
        fitting = [packed for size, packed in self.editions.items() if size <= room]
        if fitting:
            return fitting[-1]
        return next(iter(self.editions.values()), self.packed)

    def _cut(self, size: int) -> struct.Struct:
        for count in range(len(self.codes) + 1):
            packed = struct.Struct("<" + "".join(self.codes[:count]))
            if packed.size == size:
                return packed
        raise TypeError(f"no field of {self.declaration} ends at {size}")


def _bits(named: int | type[IntFlag]) -> int:
    return named if isinstance(named, int) else sum(flag.value for flag in named)


def _is_counted(field: Any) -> bool:
    """Return whether a field's size depends on other fields."""
    kind = field.subcon
    return isinstance(kind, construct.Array) or (
        isinstance(kind, construct.Bytes) and callable(kind.length)
    )


def _run(field: Any) -> FieldRun:
    kind = field.subcon
    if isinstance(kind, construct.Bytes):
        return FieldRun(field.name, "s", 1, kind.length)
    return FieldRun(field.name, _integer(field.name, kind.subcon), kind.subcon.length, kind.count)


def _format(field: Any) -> str:
    """Return the `struct` code of one flat field."""
    kind = field.subcon
    return f"{kind.sizeof()}s" if isinstance(kind, construct.Bytes) else _integer(field.name, kind)


def _integer(name: str, kind: Any) -> str:
    if not isinstance(kind, construct.FormatField):
        raise TypeError(f"{name} has no fixed flat form")
    order, code = kind.fmtstr[:1], kind.fmtstr[1:]
    if order != "<" and kind.length > 1:
        raise TypeError(f"{name} is not little-endian")
    return str(code)
