"""What a kind of table and a kind of structure are: the data that all rooms share.

Classes and modules are named, not imported, because a run meets few of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple


class Structure(NamedTuple):
    """One kind of structure.

    Attributes:
        type: the number in its type field.
        made: its class, in the kind's module of `tables`.
        word: the first word of its line in a spec.
        full: ACPI's own name.
        name: what findings call it.
        label: what `inspect` calls it in a column; empty means `word`.
        domain: the field that holds a proximity domain; empty for none.
        id: the field that identifies such a structure; empty for none.
        space: what `id` is a number of, where other tables use the same numbers: `apic` or `uid`.
        counts: fields that may rise from structure to structure in a run.
        flags: its flags class, in the same module; empty for none.
        flags_field: the field that holds the flags.
        is_processor: whether it represents one processor.
        sizes: lengths that it had in the editions of its specification, ascending, when it grew.
        defined: the bits that mean something, of each field whose other bits are reserved; for the
            field of the flags only where they are not those of its class.
    """

    type: int
    made: str
    word: str
    full: str
    name: str
    label: str = ""
    domain: str = ""
    id: str = ""
    space: str = ""
    counts: tuple[str, ...] = ()
    flags: str = ""
    flags_field: str = "flags"
    is_processor: bool = False
    sizes: tuple[int, ...] = ()
    defined: Mapping[str, int] = MappingProxyType({})


class Beginning(NamedTuple):
    """Where a structure holds its type and its length.

    Attributes:
        type_size: bytes of the type at the structure's start.
        length_at: offset of the length.
        length_size: bytes of the length.
    """

    type_size: int
    length_at: int
    length_size: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Kind:
    """One kind of table.

    Attributes:
        signature: the first four bytes.
        made: its class, in its module of `tables`.
        module: its file in `tables` and `grammar/declared`, and its section in a spec.
        fixed_size: bytes before the first structure, the common header included.
        highest_revision: the highest revision that a specification defines; None when not judged.
        revision: the revision that a spec writes by default.
        beginning: how its structures begin; None for a table without structures.
        structures: by type, ascending.
        other_types: types that a structure without a row may have; the highest, exclusive.
        unknown_made: the class of a structure without a row; empty for a table without structures.
        unknown: short and full name of a structure without a row.
        others_are_normal: whether a structure without a row is not a defect.
        grammar: its file in `grammar` when it is more than fixed fields, and structures to the end.
    """

    signature: bytes
    made: str
    module: str
    fixed_size: int
    highest_revision: int | None
    revision: int
    beginning: Beginning | None = None
    structures: tuple[Structure, ...] = ()
    other_types: int = 0
    unknown_made: str = ""
    unknown: tuple[str, str] = ("unknown", "unknown structure")
    others_are_normal: bool = False
    grammar: str = ""
    by_type: Mapping[int, Structure] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_type", {row.type: row for row in self.structures})

    @property
    def name(self) -> str:
        """The signature as text."""
        return self.signature.decode("ascii")

    @property
    def processor_types(self) -> tuple[int, ...]:
        """Types of the structures that represent one processor."""
        return tuple(row.type for row in self.structures if row.is_processor)
