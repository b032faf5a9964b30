"""Derives `packed.py` from the declarations in `declared/`, and reads by the declarations.

construct describes the tables; interpreting it for each of tens of thousands of structures, or even
importing it at every start, costs more than all other work. So the packed forms are computed from
the declarations once, by `make packed`, and a test holds both equal: as text, and by reading the
same bytes both ways.
"""

from __future__ import annotations

import inspect
import sys
import textwrap
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

import construct

from srat_tool.base.errors import DecodeError
from srat_tool.grammar.form import FieldRun, PackedForm
from srat_tool.tables.kinds import KINDS

T = TypeVar("T")
FILES = tuple(
    import_module(f"srat_tool.grammar.declared.{name}")
    for name in ("header", *(kind.module for kind in KINDS), "cdat")
)
DECLARED = {name: item for file in FILES for name, item in file.STRUCTURES.items()}
"""The construct declaration of each class."""
PACKED = Path(__file__).with_name("packed.py")
_HEAD = '''"""Packed forms by class, made by `make packed` from `declared/`: do not edit."""
# fmt: off

from __future__ import annotations

from srat_tool.grammar import counts
from srat_tool.grammar.form import FieldRun, PackedForm

FORMS: dict[str, PackedForm] = {
'''


def form_of(declaration: Any) -> PackedForm:
    """Return the packed form of a construct `Struct`.

    Raises:
        TypeError: when a field is not a little-endian integer, bytes, or an array of such.
    """
    flat = [field for field in declaration.subcons if not _is_counted(field)]
    runs = tuple(_run(field) for field in declaration.subcons if _is_counted(field))
    return PackedForm(tuple(f.name for f in flat), tuple(_format(f) for f in flat), runs)


def parse(make: Callable[..., T], data: bytes, offset: int, declaration: Any = None) -> T:
    """Read a structure through construct, field by field: the reference for the packed form.

    Args:
        make: the class of the structure.
        data: the bytes of a table.
        offset: where the structure begins.
        declaration: its construct `Struct`; None for the declared one of the class.

    Raises:
        DecodeError: when `data` ends before the structure does.
    """
    declaration = declaration or DECLARED[make.__name__]
    try:
        found = declaration.parse(data[offset:])
    except construct.ConstructError as error:
        raise DecodeError("structure is cut", offset=offset) from error
    values = (found[field.name] for field in declaration.subcons)
    return make(offset, *(tuple(v) if isinstance(v, list) else v for v in values))


def packed_text() -> str:
    """Return the text of `packed.py`."""
    rows = (_row(name, form_of(declaration)) for name, declaration in DECLARED.items())
    return _HEAD + "".join(rows) + "}\n"


def _row(name: str, form: PackedForm) -> str:
    """Return the lines of one structure."""
    runs = " ".join(map(_run_text, form.runs))
    text = f'"{name}": PackedForm({_names(form.flat)}, {_names(form.codes)}, ({runs})),'
    return textwrap.fill(text, 96, initial_indent=" " * 4, subsequent_indent=" " * 8) + "\n"


def _names(names: tuple[str, ...]) -> str:
    return "(" + " ".join(f'"{name}",' for name in names) + ")"


def _run_text(run: FieldRun) -> str:
    return f'FieldRun("{run.name}", "{run.code}", {run.width}, {_count_text(run)}),'


def _count_text(run: FieldRun) -> str:
    """Return the count as an expression: a function of `counts.py`, or what the field computes."""
    if inspect.isfunction(run.count):
        return f"counts.{run.count.__name__}"
    return "lambda this: " + repr(run.count).replace("'", '"').strip("()")


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


if __name__ == "__main__":
    sys.exit(0 if PACKED.write_text(packed_text()) else 1)
