"""The gallery: every example machine with its picture, its command, and what is printed."""

from __future__ import annotations

import io
import shlex
import tomllib
from collections.abc import Iterator
from contextlib import redirect_stderr
from pathlib import Path
from typing import Any

import srat_tool
from srat_tool.base.errors import SratToolError
from srat_tool.cli.main import run
from srat_tool.sources.examples import PREFIX, example_files

_WIDTH = ["--width", "100"]
_FAULTY = "faulty"
_INTRODUCTION = """# Gallery

The machines that ship with srattool. Each is an input of every command, as `example:NAME`; the
pages have the prediction, the findings of `srattool lint`, and the spec.
"""
_GROUPS = {
    False: "## Sound machines",
    True: "## Faulty tables",
}


class GalleryError(Exception):
    """A command of the gallery failed."""


def write_gallery(folder: Path) -> list[str]:
    """Write one page for each example, and the page of all; return the names of the pages."""
    folder.mkdir(parents=True)
    overview = [_INTRODUCTION]
    names = list(example_files())
    for faulty, heading in _GROUPS.items():
        overview.append(f"{heading}\n")
        for name, path in example_files().items():
            if (path.parent.name == _FAULTY) == faulty:
                page = _Example(name, path, folder)
                (folder / f"{name}.md").write_text("\n".join(page.lines()))
                overview.append(page.card())
    toctree = ["```{toctree}", ":hidden:", "", *names, "```", ""]
    (folder / "index.md").write_text("\n".join([*overview, *toctree]))
    return names


class _Example:
    """The page of one example."""

    def __init__(self, name: str, path: Path, folder: Path) -> None:
        self.name, self.path, self.folder = name, path, folder
        self.source = path.read_text("utf-8")
        self.machine: dict[str, Any] = tomllib.loads(self.source)["machine"]
        self.options = ["--movable-node"] if _hot(name) else []

    def lines(self) -> Iterator[str]:
        """Yield the page in Markdown."""
        plan = ["plan", *self.options, PREFIX + self.name]
        self._run([*plan, *_WIDTH, "--format", "svg"], f"{self.name}.svg")
        yield f"# {self.name}\n\n{_sentence(self.machine['title'])}"
        if "why" in self.machine:
            yield f"{_sentence(self.machine['why'])}"
        yield f"\n{_command(plan)}\n![{self.machine['title']}]({self.name}.svg)\n"
        yield from self._folded("The same as text", [*plan, *_WIDTH])
        lint = ["lint", "--show", "info", PREFIX + self.name]
        yield f"\n## Findings\n\n{_command(lint)}\n{_wrapped(self._text(lint))}"
        yield f"## Spec\n\n{_fenced(self.source, 'toml')}"

    def card(self) -> str:
        """Return what the page of all examples shows of it."""
        title, page = self.machine["title"], f"{self.name}.md"
        command = shlex.join(["srattool", "plan", *self.options, PREFIX + self.name])
        picture = f"[![The plan of {self.name}]({self.name}.svg)]({page})"
        return f"### [{self.name}]({page})\n\n{_sentence(title)} `{command}`\n\n{picture}\n"

    def _folded(self, title: str, words: list[str]) -> Iterator[str]:
        yield f"<details>\n<summary>{title}</summary>\n"
        yield f"{_fenced(self._text(words))}\n</details>\n"

    def _text(self, words: list[str]) -> str:
        target = self._run(words, f"{self.name}.txt")
        text = target.read_text("utf-8")
        target.unlink()
        return text

    def _run(self, words: list[str], name: str) -> Path:
        target = self.folder / name
        with redirect_stderr(io.StringIO()) as said:
            status = run([*words, "-o", str(target)])
        if status not in {0, 1}:
            raise GalleryError(f"{shlex.join(words)}: {said.getvalue()}")
        return target


def _hot(name: str) -> bool:
    """Return whether Linux accepts hot-pluggable memory of this machine."""
    try:
        return bool(srat_tool.plan(srat_tool.load(PREFIX + name)).hotpluggable)
    except SratToolError:
        return False


def _command(words: list[str]) -> str:
    return f"```console\n$ {shlex.join(['srattool', *words])}\n```\n"


def _fenced(text: str, language: str = "text") -> str:
    return f"```{language}\n{text.rstrip()}\n```\n"


def _wrapped(text: str) -> str:
    """Return lines that are sentences: longer than a page is wide."""
    return f"```{{code-block}} text\n:class: wrapped\n\n{text.rstrip()}\n```\n"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".") + "."
