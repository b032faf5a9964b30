"""The packed form of one structure: what a loop over tens of thousands of structures needs.

| flat fields: integers, bytes | arrays counted by fields before them | extra |
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple


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


class PackedForm(NamedTuple):
    """The fields of a structure.

    Attributes:
        flat: names of the fields of a fixed size, in order.
        codes: the `struct` code of each.
        runs: the arrays after them.
    """

    flat: tuple[str, ...]
    codes: tuple[str, ...]
    runs: tuple[FieldRun, ...] = ()
