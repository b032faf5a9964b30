"""What is malformed in the bytes of a table: recorded by the grammar, never raised."""

from __future__ import annotations

from enum import Enum
from typing import Generic, NamedTuple, TypeVar

T_co = TypeVar("T_co", covariant=True)


class DefectKind(Enum):
    """The ways in which bytes can fail to be a table."""

    TOO_SHORT_FOR_HEADER = "file shorter than the fixed part of the table"
    LENGTH_EXCEEDS_FILE = "header length is larger than the file"
    TRAILING_BYTES = "bytes after the header length"
    BAD_CHECKSUM = "checksum does not add up to zero"
    ZERO_LENGTH = "structure of length zero"
    TOO_SHORT = "structure shorter than its type allows"
    TOO_LONG = "structure longer than its type defines"
    PAST_END = "structure runs past the end of the table"
    UNKNOWN_TYPE = "structure of an unknown type"
    DANGLING_TAIL = "too few bytes left for a structure"
    TOO_MANY = "too many malformed structures to list"
    BAD_OFFSET = "the structures' offset is outside the table"
    MATRIX_PAST_END = "matrix runs past the end of the table"


class Defect(NamedTuple):
    """One malformed place.

    Attributes:
        kind: what is wrong there.
        offset: byte offset inside the table.
        message: one sentence with the numbers found and expected, lower case, no full stop.
    """

    kind: DefectKind
    offset: int
    message: str


class Decoded(NamedTuple, Generic[T_co]):
    """A decoded table and everything that was malformed in its bytes, in table order."""

    table: T_co
    defects: tuple[Defect, ...] = ()
