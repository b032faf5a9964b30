"""TOML from outside: whatever is wrong with it is one kind of error, and its levels are bounded."""

from __future__ import annotations

from typing import Any

from srat_tool.base.errors import SratToolError

MAX_LEVELS = 32
"""Limit: tables and arrays within each other; a spec has three."""

_MAX_DOTS = 200
"""Limit: dots in one line, as the parser's time grows with the square of a key's parts."""


class TomlError(SratToolError):
    """A text is not TOML, or has numbers or levels that nothing here has."""


def toml_document(text: str, where: str) -> dict[str, Any]:
    """Parse a document.

    Raises:
        TomlError: when it cannot be.
    """
    if any(line.count(".") > _MAX_DOTS for line in text.splitlines()):
        what = f"not TOML that is read: more than {_MAX_DOTS} dots in a line"
        raise TomlError(what, where=where)
    # Few runs read any.
    import tomllib  # noqa: PLC0415

    try:
        document = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # int() refuses thousands of digits
        raise TomlError(f"not TOML: {error}", where=where) from error
    if _levels(document) > MAX_LEVELS:
        raise TomlError(f"not TOML that is read: more than {MAX_LEVELS} levels", where=where)
    return document


def _levels(document: dict[str, Any]) -> int:
    """Count levels, without recursion, as far as they matter."""
    level: list[Any] = [document]
    for count in range(MAX_LEVELS + 1):
        if not level:
            return count
        inner = (v.values() if isinstance(v, dict) else v for v in level)
        level = [one for values in inner for one in values if isinstance(one, dict | list)]
    return MAX_LEVELS + 1
