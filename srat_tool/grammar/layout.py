"""One fixed-size structure: a construct declaration, and the packed form that is derived from it.

construct is the description; a loop over tens of thousands of structures cannot afford to interpret
it. So the flat `struct` format is computed from the declaration itself, field by field, and a test
holds the two against each other on every table.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any, Generic, NamedTuple, TypeVar

import construct

from srat_tool.base.errors import DecodeError

T = TypeVar("T")


class Layout(Generic[T]):
    """A fixed-size structure of integers and byte strings.

    Args:
        make: the NamedTuple to decode into: `offset`, then the fields of the declaration in order
            (more fields must have defaults).
        declaration: a construct `Struct` of little-endian integers and `Bytes`.
    """

    def __init__(self, make: Callable[..., T], declaration: Any) -> None:
        self.make = make
        self.declaration = declaration
        self.packed = struct.Struct("<" + "".join(_format(field) for field in declaration.subcons))
        self.size = self.packed.size
        self.fields: tuple[str, ...] = tuple(field.name for field in declaration.subcons)

    def decode(self, data: bytes, offset: int) -> T:
        """Read the structure at `offset`; `data` must reach that far."""
        return self.make(offset, *self.packed.unpack_from(data, offset))

    def parse(self, data: bytes, offset: int) -> T:
        """Read the same through construct, field by field: the reference for `decode`.

        Raises:
            DecodeError: when `data` ends before the structure does.
        """
        try:
            found = self.declaration.parse(data[offset : offset + self.size])
        except construct.ConstructError as error:
            raise DecodeError("structure is cut", offset=offset) from error
        return self.make(offset, *(found[name] for name in self.fields))

    def encode(self, value: NamedTuple) -> bytes:
        """Write the declared fields of `value`; anything it carries beyond them is the caller's."""
        return self.packed.pack(*value[1 : 1 + len(self.fields)])


def _format(field: Any) -> str:
    """Return the `struct` code of one declared field."""
    kind = field.subcon
    if isinstance(kind, construct.FormatField):
        order, code = kind.fmtstr[:1], kind.fmtstr[1:]
        if order != "<" and kind.length > 1:
            raise TypeError(f"{field.name} is not little-endian")
        return str(code)
    if isinstance(kind, construct.Bytes):
        return f"{kind.sizeof()}s"
    raise TypeError(f"{field.name} has no fixed flat form")
