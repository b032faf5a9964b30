"""Lines for many structures: what those that differ in their columns alone share is found once."""

from __future__ import annotations

import struct

from srat_tool.authoring.lines import Form, Language, WrittenLine
from srat_tool.authoring.runs import StructureRun


class LineWriter:
    """Writes the structures of one table as `Language.write` does.

    Args:
        language: of the kind of table.
    """

    def __init__(self, language: Language) -> None:
        self._language = language
        self._start = language.family.start
        forms = (form for form in language.forms if form.infers_nothing)
        self._places = {
            form.type: _ColumnPlaces(form)
            for form in forms
            if not (form.layout.runs or form.layout.editions)
        }
        self._rest: dict[bytes, str] = {}

    def write(self, chunk: bytes, *, last: bool = False) -> tuple[WrittenLine, bytes]:
        """Return the line of one structure, and the bytes that it describes."""
        if len(chunk) < self._start.size:
            return self._language.write(chunk, last=last)
        places = self._places.get(self._start.unpack_from(chunk)[0])
        if places is None or len(chunk) < places.size:
            return self._language.write(chunk, last=last)
        others = places.others(chunk)
        rest = self._rest.get(others)
        if rest is not None:
            columns = places.columns(chunk)
            if columns is not None:
                return WrittenLine(places.form, columns, rest), chunk
        line, whole = self._language.write(chunk, last=last)
        if line.form is not None and whole == chunk:
            self._rest[others] = line.rest
        return line, whole


class _ColumnPlaces:
    """Where the columns of a form are in the bytes of a structure of fixed size."""

    def __init__(self, form: Form) -> None:
        self.form = form
        layout = form.layout
        self.size = layout.size
        shown = {name for column in form.columns for name in column.fields}
        codes, self._names, self._others = "<", [], []
        at = begin = 0
        for name, code in zip(layout.flat, layout.codes, strict=True):
            end = at + struct.calcsize(f"<{code}")
            if name in shown:
                self._names.append(name)
                self._others.append(slice(begin, at))
                begin = end
            codes += code if name in shown else f"{end - at}x"
            at = end
        self._others.append(slice(begin, None))
        self._packed = struct.Struct(codes)

    def others(self, chunk: bytes) -> bytes:
        """Return the bytes that are in no column."""
        return b"".join([chunk[part] for part in self._others])

    def columns(self, chunk: bytes) -> tuple[tuple[int, ...], ...] | None:
        """Return the values of the columns; None where a text would not read back to them."""
        fields = dict(zip(self._names, self._packed.unpack_from(chunk), strict=True))
        values = []
        for column in self.form.columns:
            taken = column.take(fields)
            once = StructureRun(taken, (0,) * len(taken))
            if column.read(column.write(once)).first != taken:
                return None
            values.append(taken)
        return tuple(values)
