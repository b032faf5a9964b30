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
from pathlib import Path
from typing import Any, NamedTuple

from srat_tool.base.errors import BootOptionError, SratToolError
from srat_tool.base.toml import toml_document
from srat_tool.lint.hit import Severity
from srat_tool.lint.rule import PROFILES
from srat_tool.lint.selection import check_words

FILE_NAMES = ("srattool.toml", "pyproject.toml")
LEVELS = tuple(severity.label for severity in Severity)
_TEXTS: Mapping[str, tuple[str, ...]] = {
    "profile": PROFILES,
    "kernel": (),
    "fail-on": LEVELS,
    "baseline": (),
}
_LISTS = ("select", "ignore")
_PER_PATH = "per-path-ignores"
KEYS = (*_TEXTS, *_LISTS, _PER_PATH)


class LintConfig(NamedTuple):
    """What a file sets; None and empty are what it does not set."""

    profile: str | None = None
    kernel: str | None = None
    fail_on: str | None = None
    baseline: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_path: Mapping[str, tuple[str, ...]] = {}
    file: str | None = None


def parse_config(text: str, where: str, *, in_pyproject: bool) -> LintConfig | None:
    """Read a configuration; None when a pyproject.toml has no section of ours.

    Raises:
        SratToolError: when it is not TOML, or a key or value is wrong.
    """
    if in_pyproject and "srattool" not in text:
        return None
    document = toml_document(text, where)
    top = ""
    if in_pyproject:
        tools = _table(document.get("tool", {}), "tool", where)
        if "srattool" not in tools:
            return None
        top = "tool.srattool"
        document = _table(tools["srattool"], top, where)
    _only(("lint",), document, top, where)
    name = f"{top}.lint".lstrip(".")
    lint = _table(document.get("lint", {}), name, where)
    _only(KEYS, lint, name, where)
    return _config(lint, where)


def _config(lint: dict[str, Any], where: str) -> LintConfig:
    texts = {key.replace("-", "_"): _text(lint, key, where) for key in _TEXTS}
    if texts["baseline"] is not None:
        texts["baseline"] = str(Path(where).parent / texts["baseline"])
    if texts["kernel"] is not None:
        _demand_kernel(texts["kernel"], where)
    per_path = _table(lint.get(_PER_PATH, {}), f"lint.{_PER_PATH}", where)
    return LintConfig(
        **texts,
        select=_words(lint.get("select", []), "select", where),
        ignore=_words(lint.get("ignore", []), "ignore", where),
        per_path={
            pattern: _words(words, f"{_PER_PATH}.{pattern}", where)
            for pattern, words in per_path.items()
        },
        file=where,
    )


def _only(known: tuple[str, ...], table: dict[str, Any], name: str, where: str) -> None:
    """Demand that a table has no other keys.

    Raises:
        SratToolError: naming the first other key, and where it belongs.
    """
    for key in table:
        if key not in known:
            got = f"{name}.{key}".lstrip(".")
            place = "under [lint]" if key in KEYS else "one of " + ", ".join(known)
            raise SratToolError("unknown key", where=where, got=got, expected=place)


def _table(value: object, name: str, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _wrong(value, name, where, "a table")
    return value


def _text(lint: dict[str, Any], key: str, where: str) -> str | None:
    value, allowed = lint.get(key), _TEXTS[key]
    if value is None:
        return None
    if not isinstance(value, str):
        raise _wrong(value, f"lint.{key}", where, "a text")
    if allowed and value not in allowed:
        raise _wrong(value, f"lint.{key}", where, f"one of {', '.join(allowed)}")
    return value


def _demand_kernel(release: str, where: str) -> None:
    # Few configurations name one.
    from srat_tool.kernel.profiles import profile_for  # noqa: PLC0415

    try:
        profile_for(release)
    except BootOptionError as error:
        expected = "a release such as 6.12 or a name that srattool kernels lists"
        raise _wrong(release, "lint.kernel", where, expected) from error


def _words(value: object, key: str, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise _wrong(value, f"lint.{key}", where, "a list of codes or names")
    check_words(value, f"{where}: lint.{key}")
    return tuple(value)


def _wrong(value: object, name: str, where: str, expected: str) -> SratToolError:
    return SratToolError(
        "wrong value", where=f"{where}: {name}", got=repr(value), expected=expected
    )
