"""The positional parts of a line: what a person always wants to see first of a structure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from srat_tool.base.errors import SpecError
from srat_tool.build.runs import Run, read_numbers, read_ranges, write_numbers, write_ranges

Fields = dict[str, Any]


class Column(Protocol):
    """A positional part of a line that stands for one or more fields of a structure."""

    @property
    def what(self) -> str:
        """What the column says, for messages."""

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that it stands for."""

    def read(self, token: str) -> Run:
        """Read the text of the column."""

    def write(self, run: Run) -> str:
        """Write what `read` reads."""

    def put(self, values: tuple[int, ...]) -> Fields:
        """Return the fields that the values stand for."""

    def take(self, fields: Fields) -> tuple[int, ...]:
        """Return the values that the fields stand for."""


@dataclass(frozen=True, slots=True)
class Number:
    """One integer field."""

    what: str
    name: str

    @property
    def fields(self) -> tuple[str, ...]:
        """The one field."""
        return (self.name,)

    def read(self, token: str) -> Run:
        """Read a number or a run."""
        return read_numbers(token)

    def write(self, run: Run) -> str:
        """Write a number or a run."""
        return write_numbers(run)

    def put(self, values: tuple[int, ...]) -> Fields:
        """Return the field."""
        return {self.name: values[0]}

    def take(self, fields: Fields) -> tuple[int, ...]:
        """Return the number."""
        return (fields[self.name],)


@dataclass(frozen=True, slots=True)
class SplitNumber:
    """An integer whose low byte and higher bytes are two fields."""

    what: str
    low: str
    high: str
    high_bytes: int

    @property
    def fields(self) -> tuple[str, ...]:
        """Both parts."""
        return (self.low, self.high)

    def read(self, token: str) -> Run:
        """Read a number or a run."""
        return read_numbers(token)

    def write(self, run: Run) -> str:
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


@dataclass(frozen=True, slots=True)
class Range:
    """A base and a size."""

    what: str
    base: str
    size: str

    @property
    def fields(self) -> tuple[str, ...]:
        """Both."""
        return (self.base, self.size)

    def read(self, token: str) -> Run:
        """Read a range or a run of them."""
        return read_ranges(token)

    def write(self, run: Run) -> str:
        """Write a range or a run of them."""
        return write_ranges(run)

    def put(self, values: tuple[int, ...]) -> Fields:
        """Return both fields."""
        return dict(zip(self.fields, values, strict=True))

    def take(self, fields: Fields) -> tuple[int, ...]:
        """Return both numbers."""
        return (fields[self.base], fields[self.size])
