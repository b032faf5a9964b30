"""The keys of a section of a spec: taken out one by one, typed, and none left over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from srat_tool.authoring.lines import SpecLine
from srat_tool.authoring.runs import read_number
from srat_tool.base.errors import SpecError

T = TypeVar("T")


class SpecKeys:
    """The keys of one section, each read once; messages name section and key.

    Args:
        source: the text of the spec, in which places are looked up.
        path: where it came from.
        label: the section, as messages name it.
        values: what TOML made of the section.

    Raises:
        SpecError: when it is no section.
    """

    def __init__(self, source: str, path: str, label: str, values: object) -> None:
        self.source = source
        self.path = path
        self.label = label
        if not isinstance(values, dict):
            raise SpecError("not a section", where=path, got=label, expected="keys with values")
        self.values = dict(values)
        self.known = list(self.values)

    def fail(self, key: str, what: str, **facts: Any) -> SpecError:
        """Return the error of a key."""
        return SpecError(what, where=f"{self.path}: {self.label} {key}".rstrip(), **facts)

    def take(self, key: str, kind: type[T], norm: T) -> T:
        """Take a key out; a value of the wrong type is an error."""
        value = self.values.pop(key, norm)
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is int):
            expected = {str: "a text", int: "a whole number", list: "a list", dict: "a table"}
            raise self.fail(
                key, "wrong kind of value", got=repr(value), expected=expected.get(kind, kind)
            )
        return value

    def number(self, key: str) -> int | None:
        """Take a number out: an integer, or a text such as `4G`."""
        value = self.values.pop(key, None)
        if value is None or (isinstance(value, int) and not isinstance(value, bool)):
            return value
        return cast("int", self.read(key, read_number, value))

    def read(self, key: str, reader: Any, value: object) -> Any:
        """Read a text with `reader`, whose complaint gets the key's name."""
        if not isinstance(value, str):
            raise self.fail(key, "wrong kind of value", got=repr(value), expected="a text")
        try:
            return reader(value)
        except SpecError as error:
            raise self.fail(key, error.what, got=error.got, expected=error.expected) from error

    def texts(self, key: str) -> list[str]:
        """Take a list of texts out."""
        values = self.take(key, list, [])
        if not all(isinstance(value, str) for value in values):
            raise self.fail(
                key, "wrong kind of value", got=repr(values), expected="a list of texts"
            )
        return cast("list[str]", values)

    def lines(self, key: str) -> tuple[SpecLine, ...]:
        """Take a text out, line by line, without comments and blank lines."""
        text = self.take(key, str, "")
        at = self.source.find(text) if text.count("\n") else self.source.find(f"'{text}'")
        first = self.source.count("\n", 0, at) + 1
        lines = []
        for number, line in enumerate(text.split("\n")):
            stripped = line.partition("#")[0].strip()
            place = f":{first + number}" if at >= 0 else f": {self.label} {key}"
            if stripped:
                lines.append(SpecLine(stripped, self.path + place))
        return tuple(lines)

    def finish(self, known: Mapping[str, Any] | tuple[str, ...]) -> None:
        """Refuse keys that were not read."""
        for key in self.values:
            raise self.fail(key, "unknown key", expected="one of " + ", ".join(known))
