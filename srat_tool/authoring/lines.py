"""The line language: one line is one structure of a table, or an even run of them.

    WORD COLUMN... [FLAG...] [FIELD=VALUE...] [xN]

Every kind of structure is a `Form`: its word, the columns that are always written, the flags that
have names. Any other field of the grammar's layout is written `field=value` when it is away from
its norm, so that each byte can be set and few have to be. `raw TYPE HEX` is a structure of any
type, `bytes HEX` are bytes that need not be a structure at all.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from srat_tool.authoring.columns import Column, Fields
from srat_tool.authoring.runs import (
    MAX_PER_LINE,
    StructureRun,
    demand_room,
    gathered,
    read_hex,
    read_list,
    read_number,
    write_hex,
    write_list,
    write_number,
)
from srat_tool.base.errors import SpecError
from srat_tool.grammar.layout import Layout
from srat_tool.grammar.walk import Family

_TIMES = re.compile(r"x(\d{1,40})")


def _nothing(_: Fields) -> Fields:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """How one kind of structure is written.

    Attributes:
        word: what the line begins with.
        type: the structure's type.
        layout: the grammar's layout of it.
        columns: what is always written, in order.
        norm: values of fields that are not zero when not set.
        infer: fields that follow from others unless set, such as counts.
        flags: field that the words of `words` set and clear.
        words: flag names; a negative mask clears its bits (`off` is -1).
        norms: every field of a structure of which nothing is set; not to be changed.
    """

    word: str
    type: int
    layout: Layout[Any]
    columns: tuple[Column, ...]
    norm: Mapping[str, int] = field(default_factory=dict)
    infer: Callable[[Fields], Fields] = field(default=_nothing)
    flags: str = "flags"
    words: Mapping[str, int] = field(default_factory=dict)
    _blank: Fields = field(init=False, repr=False, compare=False)
    norms: Fields = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Decode the structure of zeros once: each line begins with its fields."""
        blank = self.layout.decode(bytes(self.layout.size), 0)
        fields = {name: getattr(blank, name) for name in self.layout.fields}
        object.__setattr__(self, "_blank", {**fields, "type": self.type, "extra": b"", **self.norm})
        object.__setattr__(self, "norms", self.complete({}))

    @property
    def infers_nothing(self) -> bool:
        """Whether no field follows from others."""
        return self.infer is _nothing

    @property
    def usage(self) -> str:
        """The line's shape, for error messages."""
        words = "".join(f" [{word}]" for word in self.words)
        return " ".join([self.word, *(column.what.upper() for column in self.columns)]) + words

    def complete(self, given: Fields) -> Fields:
        """Return every field of a structure whose fields `given` are set."""
        fields = self._blank | given
        fields |= self.infer(fields) | given
        if "length" not in given and not self.layout.editions:
            size = len(self._whole(fields)) if self.layout.runs else self.layout.size
            fields["length"] = size + len(fields["extra"])
        return fields

    def encode(self, fields: Fields) -> bytes:
        """Return the bytes of one structure, as many as its length declares."""
        return self._whole(fields)[: fields["length"]] + bytes(fields["extra"])

    def _whole(self, fields: Fields) -> bytes:
        layout = self.layout
        try:
            return layout.encode(layout.make(0, *[fields[name] for name in layout.fields]))
        except struct.error as error:
            self._demand_widths(fields)
            raise SpecError(f"a value does not fit: {error}") from error

    def _demand_widths(self, fields: Fields) -> None:
        for name, code in zip(self.layout.flat, self.layout.codes, strict=True):
            value, width = fields[name], struct.calcsize(f"<{code}")
            if isinstance(value, int) and value >> 8 * width:
                raise SpecError(f"{name} does not fit into {width} bytes", got=hex(value))

    def decode(self, chunk: bytes) -> Fields:
        """Return the fields that `encode` turns into `chunk`; those it lacks are at their norm."""
        layout = self.layout
        padded = chunk + self._whole(self.norms)[len(chunk) :]
        if layout.runs:
            found = layout.decode_up_to(padded, 0, len(chunk))
            extra = found.extra
        else:
            found, extra = layout.decode(padded, 0), chunk[layout.size :]
        return {name: getattr(found, name) for name in layout.fields} | {"extra": extra}


class SpecLine(NamedTuple):
    """One line without its comment, and its place."""

    text: str
    where: str


class WrittenLine(NamedTuple):
    """A structure on its way to text: equal `form` and `rest` may join to a run."""

    form: Form | None
    columns: tuple[tuple[int, ...], ...]
    rest: str


class Language:
    """The forms of one kind of table, by word and by type."""

    def __init__(self, family: Family, *forms: Form) -> None:
        self.family = family
        self.forms = forms
        self.by_word = {form.word: form for form in forms}
        self.by_type = {form.type: form for form in forms}

    def read(self, line: SpecLine) -> bytes:
        """Return the bytes that a line describes.

        Raises:
            SpecError: with the line's place when it cannot be understood.
        """
        try:
            return self._read(line.text.split())
        except SpecError as error:
            raise SpecError(
                f"{error.what} in {line.text!r}",
                where=line.where,
                got=error.got,
                expected=error.expected,
            ) from error

    def _read(self, tokens: list[str]) -> bytes:
        word, times, rest = tokens[0], 1, tokens[1:]
        if rest and (match := _TIMES.fullmatch(rest[-1])):
            times = read_number(match[1])
            rest = rest[:-1]
        if times > MAX_PER_LINE:
            raise SpecError("too many repetitions", got=times, expected=f"at most {MAX_PER_LINE}")
        if word in ("raw", "bytes"):
            once = self._verbatim(word, rest)
        elif word in self.by_word:
            once = gathered(expand(self.by_word[word], rest))
        else:
            known = ", ".join([*self.by_word, "raw", "bytes"])
            raise SpecError("unknown kind of entry", got=repr(word), expected=f"one of {known}")
        demand_room(len(once) * times)
        return once * times

    def write(self, chunk: bytes, *, last: bool = False) -> tuple[WrittenLine, bytes]:
        """Return the line of one structure, and the bytes that it describes.

        They are `chunk`, unless it is the last and cut: then they may go on as the structure
        would have.
        """
        start = self.family.start
        kind, length = start.unpack_from(chunk) if len(chunk) >= start.size else (-1, -1)
        form = self.by_type.get(kind)
        if form is not None:
            written = describe(form, form.decode(chunk))
            whole = b"".join(expand(form, line_text(written, 1).split()[1:]))
            if whole == chunk or (last and whole.startswith(chunk)):
                return written, whole
        payload = chunk[start.size :]
        if length == len(chunk) and self._raw(kind, payload) == chunk:
            return WrittenLine(None, (), f"raw {kind} {write_hex(payload)}"), chunk
        return WrittenLine(None, (), f"bytes {write_hex(chunk)}"), chunk

    def _verbatim(self, word: str, rest: list[str]) -> bytes:
        if word == "raw" and not rest:
            raise SpecError("raw without a type", expected="raw TYPE HEX")
        data = gathered(read_hex(piece) for piece in (rest if word == "bytes" else rest[1:]))
        return data if word == "bytes" else self._raw(read_number(rest[0]), data)

    def _raw(self, kind: int, payload: bytes) -> bytes:
        """Return a structure of any type with a true length."""
        unknown = self.family.unknown
        stated = {"type": kind, "length": self.family.start.size + len(payload)}
        values = (stated.get(name, 0) for name in unknown.fields)
        try:
            return unknown.encode(unknown.make(0, *values)) + payload
        except struct.error as error:
            expected = "raw TYPE HEX, or bytes HEX"
            raise SpecError("type or length too large", expected=expected) from error


def expand(form: Form, tokens: list[str]) -> Iterator[bytes]:
    """Yield the structures that the tokens after a form's word describe."""
    positional = [t for t in tokens if "=" not in t and t not in form.words]
    if len(positional) != len(form.columns):
        raise SpecError("wrong number of columns", got=len(positional), expected=form.usage)
    given = _given(form, tokens)
    runs = [column.read(t) for column, t in zip(form.columns, positional, strict=True)]
    counts = {run.many for run in runs if run.many is not None}
    if len(counts) > 1:
        raise SpecError("runs of different length", got=" and ".join(map(str, sorted(counts))))
    for index in range(counts.pop() if counts else 1):
        fields: Fields = {}
        for column, run in zip(form.columns, runs, strict=True):
            fields |= column.put(run.at(index))
        yield form.encode(form.complete(fields | given))


def _given(form: Form, tokens: list[str]) -> Fields:
    """Return the fields that flags and `field=value` pairs set."""
    given: Fields = {}
    norm = form.norms
    for token in tokens:
        name, sign, value = token.partition("=")
        if token in form.words:
            mask = form.words[token]
            flags = given[form.flags] if form.flags in given else norm[form.flags]
            given[form.flags] = flags | mask if mask > 0 else flags & ~-mask
        elif sign:
            if name not in norm or name == "type":
                known = ", ".join(key for key in norm if key != "type")
                raise SpecError("unknown field", got=repr(name), expected=f"one of {known}")
            given[name] = _value(name, value, norm[name])
    return given


def _value(name: str, text: str, like: int | bytes | tuple[int, ...]) -> Any:
    if isinstance(like, int):
        return read_number(text)
    if isinstance(like, tuple):
        return read_list(text)
    data = read_hex(text)
    if like and len(data) != len(like):
        raise SpecError(f"{name} has the wrong size", got=len(data), expected=f"{len(like)} bytes")
    return data


def _value_text(value: int | bytes | tuple[int, ...]) -> str:
    if isinstance(value, int):
        return write_number(value)
    return write_hex(value) if isinstance(value, bytes) else write_list(value)


def describe(form: Form, fields: Fields) -> WrittenLine:
    """Return the line that describes these fields."""
    shown = [name for column in form.columns for name in column.fields]
    hidden = {"type", *shown}
    counted = {*shown, "extra", *(run.name for run in form.layout.runs)}
    norm = form.complete({name: fields[name] for name in counted})
    norm |= {name: form.norms[name] for name in counted}
    parts = _flag_words(form, fields, norm) if form.words else None
    if parts is None:
        parts = []
    else:
        hidden.add(form.flags)
    for name, value in fields.items():
        if name not in hidden and value != norm[name]:
            parts.append(f"{name}={_value_text(value)}")
    return WrittenLine(form, tuple(column.take(fields) for column in form.columns), " ".join(parts))


def _flag_words(form: Form, fields: Fields, norm: Fields) -> list[str] | None:
    """Return the flags by name; None when they have bits without one."""
    wanted, flags = fields[form.flags], norm[form.flags]
    words = []
    for word, mask in form.words.items():
        changed = flags | mask if mask > 0 else flags & ~-mask
        if changed != flags and (wanted & abs(mask)) == (changed & abs(mask)):
            words.append(word)
            flags = changed
    return words if flags == wanted else None


def line_text(
    line: WrittenLine, count: int, following: tuple[tuple[int, ...], ...] | None = None
) -> str:
    """Return the text of `count` structures that step from `line` as it does to `following`."""
    if line.form is None:
        return line.rest + (f" x{count}" if count > 1 else "")
    pairs = zip(line.columns, following or line.columns, strict=True)
    steps = [tuple(b - a for a, b in zip(x, y, strict=True)) for x, y in pairs]
    runs = [
        StructureRun(first, step, count) for first, step in zip(line.columns, steps, strict=True)
    ]
    columns = [column.write(run) for column, run in zip(line.form.columns, runs, strict=True)]
    even = count > 1 and not any(value for step in steps for value in step)
    parts = [line.form.word, *columns, line.rest, f"x{count}" if even else ""]
    return " ".join(part for part in parts if part)
