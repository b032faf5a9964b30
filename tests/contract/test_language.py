"""The words that help, messages and documents do not use: plain technical English instead."""

from __future__ import annotations

import ast
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from srat_tool.cli.main import COMMANDS, cli

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "srat_tool"
BANNED = re.compile(
    r"\b(behind|beside|lies|stands|told|tells|nobody|somebody|people|said|kin)\b"
    r"|\b(hotpluggable|hot pluggable|subtables?)\b"
    r"|\bmakes of\b|answer is no\b|\bno answer\b|and all that|\band the like\b",
    re.IGNORECASE,
)
# Where the exact verb is known as well: a table declares, a kernel prints, an option specifies.
INEXACT = re.compile(r"\b(says?|tell|stand|everybody|anybody)\b", re.IGNORECASE)
# Names in docstrings: Google style's list of fields, and code spans of one name.
NAMED = re.compile(r"(?m)^ +\w+(?:, \w+)*: |`\w+`")
# Names that are not ours: the bit of ACPI, titles of mails and of iasl's fields, flags of memblock,
# keys of the JSON, file names, and the words that old kernels print.
FOREIGN = re.compile(
    r"Hot Pluggable|\.hotpluggable\b|Subtable Type|HOTPLUGGABLE"
    r"|Arrange hotpluggable memory (?:in SRAT )?as ZONE_MOVABLE"
    r"|mark hotpluggable memory in memblock|free all hotpluggable memory|`hotpluggable`"
    r"|when all nodes are hotpluggable"
    r"|\*Also: [^*]*\*"  # other spellings that the glossary finds a term by
    r"|\w+-hotpluggable\b|\bsubtable-[\w-]+|all-hotpluggable|cannot tell"
)
SOURCES = sorted(PACKAGE.rglob("*.py"))
ALL_SOURCES = sorted(
    (
        *SOURCES,
        *(path for name in ("tests", "bench", "docs") for path in (ROOT / name).rglob("*.py")),
    )
)
DOCUMENTS = sorted(
    (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *ROOT.glob("fixtures/*.md"))
)


def _strings(source: Path) -> Iterator[str]:
    """Yield the string literals of several words that are no docstrings."""
    tree = ast.parse(source.read_text())
    statements = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) else None
        if isinstance(text, str) and id(node) not in statements and " " in text.strip():
            yield text


def _prose(source: Path) -> Iterator[str]:
    """Yield the docstrings and the comments."""
    for node in ast.walk(ast.parse(source.read_text())):
        value = node.value if isinstance(node, ast.Expr) else None
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield value.value
    with source.open("rb") as stream:
        for token in tokenize.tokenize(stream.readline):
            if token.type == tokenize.COMMENT:
                yield token.string


def _found(text: str, words: tuple[re.Pattern[str], ...] = (BANNED, INEXACT)) -> list[str]:
    text = FOREIGN.sub("", text)
    return [match[0] for pattern in words for match in pattern.finditer(text)]


@pytest.mark.parametrize("source", SOURCES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_messages(source: Path) -> None:
    """No text of the program uses a banned word."""
    assert {text: _found(text) for text in _strings(source) if _found(text)} == {}


@pytest.mark.parametrize("source", ALL_SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_docstrings_and_comments(source: Path) -> None:
    """No docstring and no comment uses a banned word, except as the name of an argument."""
    if _found(source.read_text()):
        texts = [NAMED.sub("", text) for text in _prose(source)]
        assert {text: _found(text) for text in texts if _found(text)} == {}


@pytest.mark.parametrize("name", list(COMMANDS))
def test_help(name: str) -> None:
    """No help text uses a banned word."""
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert _found(command.get_help(click.Context(command, info_name=name))) == []


def test_help_of_the_program() -> None:
    """The list of commands uses no banned word."""
    assert _found(cli.get_help(click.Context(cli, info_name="srattool"))) == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda p: p.name)
def test_documents(document: Path) -> None:
    """No document uses a banned word; the generated ones are made from the rules' pages."""
    words = (BANNED,) if document.name == "CHANGELOG.md" else (BANNED, INEXACT)
    assert _found(document.read_text(), words) == []
