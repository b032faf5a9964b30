"""The machines that ship with the package: `example:NAME` is accepted wherever a file is."""

from __future__ import annotations

from pathlib import Path

from srat_tool.base.errors import NameMissingError, SourceError

PREFIX = "example:"
FOLDER = Path(__file__).parents[1] / "data" / "examples"
_SUGGESTIONS = 3


def example_files() -> dict[str, Path]:
    """Return the spec of every example by name: sound machines first, then faulty tables."""
    paths = [*sorted(FOLDER.glob("*.toml")), *sorted(FOLDER.glob("*/*.toml"))]
    return {path.stem: path for path in paths}


def find_example(name: str) -> Path:
    """Return the spec of `example:NAME`, given without its prefix.

    Raises:
        NameMissingError: when the name is empty; holds the list of all examples.
        SourceError: when there is no such example; names the nearest.
    """
    if not name:
        raise NameMissingError(_listing(), where=PREFIX)
    files = example_files()
    if name not in files:
        raise SourceError("no such example", where=PREFIX + name, hint=_nearest(name, list(files)))
    return files[name]


def _nearest(name: str, names: list[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - only a wrong name needs it

    near = get_close_matches(name[:80], names, _SUGGESTIONS, 0.6)
    near = near or [one for one in names if name and name in one][:_SUGGESTIONS]
    if not near:
        return f"{PREFIX} for the list"
    return " or ".join([*(PREFIX + one for one in near), f"{PREFIX} for the list"])


def _listing() -> str:
    """Return one line for each example: how to name it, and its title."""
    titles = {PREFIX + name: _title(path) for name, path in example_files().items()}
    width = max(map(len, titles))
    return "\n".join(f"{name:<{width}}  {title}" for name, title in titles.items())


def _title(path: Path) -> str:
    import tomllib  # noqa: PLC0415 - only the list needs it

    return str(tomllib.loads(path.read_text(encoding="utf-8"))["machine"]["title"])
