"""One structure in both directions, by the packed form that is derived from its declaration.

| flat fields: integers, bytes | arrays counted by fields before them | extra |
|<----------- size ----------->|
|<-------------------- wanted, the length it should state --------->|
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from enum import IntFlag
from typing import Any, Generic, NamedTuple, TypeVar

from srat_tool.grammar.form import PackedForm
from srat_tool.grammar.packed import FORMS

T = TypeVar("T")


class Layout(Generic[T]):
    """A structure of integers and byte strings, followed by arrays.

    Args:
        make: the NamedTuple to decode into: `offset`, then the fields of the declaration in order
            (more fields must have defaults).
        sizes: lengths that the structure had in the editions of its specification, ascending, when
            it grew; in a shorter one the later fields are None.
        defined: the bits that mean something, or the flags that name them, of each field whose
            other bits are reserved.
        form: the packed form; None for the one of the class `make`.
    """

    def __init__(
        self,
        make: Callable[..., T],
        sizes: tuple[int, ...] = (),
        defined: Mapping[str, int | type[IntFlag]] | None = None,
        form: PackedForm | None = None,
    ) -> None:
        form = form or FORMS[make.__name__]
        self.make = make
        self.flat = form.flat
        self.codes = form.codes
        self.runs = form.runs
        self.fields = (*form.flat, *(run.name for run in form.runs))
        self.packed = struct.Struct("<" + "".join(self.codes))
        self.size = self.packed.size
        self.editions = {size: self._cut(size) for size in sizes}
        self._defined = {name: _bits(named) for name, named in (defined or {}).items()}
        # The one length at which `decode` alone is right; -1 when there is none.
        self.exact = -1 if self.runs or self.editions else self.size

    def reserved(self, but: Mapping[str, int] | None = None) -> dict[str, int]:
        """Return the mask of the bits that must be 0, by flat field; only fields that have some.

        A field whose name begins with `reserved` is reserved whole.

        Args:
            but: the bits that another edition defines, by field.
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
        raise TypeError(f"no field of {self.make.__name__} ends at {size}")


def _bits(named: int | type[IntFlag]) -> int:
    # The complement of a flag is one of flags: only that of a number has the other bits.
    return int(named) if isinstance(named, int) else sum(flag.value for flag in named)
