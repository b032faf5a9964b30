"""The configuration file: `srattool.toml`, or `[tool.srattool]` of a `pyproject.toml`.

The nearest one from the working directory upwards counts; finding and reading files is the command
line's business, this is what is in them.

    [lint]
    profile = "linux"
    select = ["SRAT", "SLIT"]
    ignore = ["SRAT017"]
    fail-on = "warning"
    baseline = "known.json"
    [lint.per-path-ignores]
    "templates/*.bin" = ["SRAT013"]
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from srat_tool.base.errors import SratToolError
from srat_tool.lint.hit import Severity
from srat_tool.lint.rule import PROFILES

FILE_NAMES = ("srattool.toml", "pyproject.toml")
_TEXTS = ("profile", "kernel", "fail-on", "baseline")
_LISTS = ("select", "ignore")


class LintConfig(NamedTuple):
    """What a file sets; None and empty are what it does not set."""

    profile: str | None = None
    kernel: str | None = None
    fail_on: str | None = None
    baseline: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_path: Mapping[str, tuple[str, ...]] = {}


def parse_config(text: str, where: str, *, in_pyproject: bool) -> LintConfig | None:
    """Read a configuration; None when a pyproject.toml has no section of ours.

    Raises:
        SratToolError: when it is no TOML, or a key or value is wrong.
    """
    if in_pyproject and "srattool" not in text:
        return None
    # Few runs have a file.
    import tomllib  # noqa: PLC0415

    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SratToolError(f"not TOML: {error}", where=where) from error
    if in_pyproject:
        document = document.get("tool", {}).get("srattool")
        if document is None:
            return None
    lint = document.get("lint", {})
    for key in lint:
        if key not in (*_TEXTS, *_LISTS, "per-path-ignores"):
            expected = "one of " + ", ".join((*_TEXTS, *_LISTS, "per-path-ignores"))
            raise SratToolError("unknown key", where=where, got=f"lint.{key}", expected=expected)
    texts = {key.replace("-", "_"): _text(lint, key, where) for key in _TEXTS}
    _one_of(texts["profile"], PROFILES, "profile", where)
    _one_of(texts["fail_on"], tuple(s.label for s in Severity), "fail-on", where)
    return LintConfig(
        **texts,
        select=_words(lint.get("select", []), "select", where),
        ignore=_words(lint.get("ignore", []), "ignore", where),
        per_path={
            pattern: _words(words, f"per-path-ignores.{pattern}", where)
            for pattern, words in lint.get("per-path-ignores", {}).items()
        },
    )


def _text(lint: dict[str, Any], key: str, where: str) -> str | None:
    value = lint.get(key)
    if value is not None and not isinstance(value, str):
        raise SratToolError("not a text", where=f"{where}: lint.{key}", got=repr(value))
    return value


def _words(value: object, key: str, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        expected = "a list of codes or names"
        raise SratToolError(
            "wrong value", where=f"{where}: lint.{key}", got=repr(value), expected=expected
        )
    return tuple(value)


def _one_of(value: str | None, allowed: tuple[str, ...], key: str, where: str) -> None:
    if value is not None and value not in allowed:
        expected = f"one of {', '.join(allowed)}"
        raise SratToolError(
            "wrong value", where=f"{where}: lint.{key}", got=repr(value), expected=expected
        )
