"""Which rules run, and which findings are wanted where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from srat_tool.base.errors import SratToolError
from srat_tool.lint.rules import Entry, all_rules

if TYPE_CHECKING:
    from srat_tool.lint.finding import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Codes, beginnings of codes (`SRAT1`) or names of rules.

    Attributes:
        select: what runs; empty for everything.
        ignore: what does not run, even when it is selected.
        per_path: what is ignored in inputs whose path matches a pattern.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    per_path: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        every = (*self.select, *self.ignore, *(w for ws in self.per_path.values() for w in ws))
        check_words(every, "select or ignore")

    def wants(self, entry: Entry) -> bool:
        """Return whether a rule runs at all."""
        if self.select and not _any(self.select, entry.id, entry.name):
            return False
        return not _any(self.ignore, entry.id, entry.name)

    def ignores(self, finding: Finding) -> bool:
        """Return whether a finding is not wanted in the input that it was found in."""
        return any(
            _matches(finding.path, pattern) and _any(words, finding.id, finding.name)
            for pattern, words in self.per_path.items()
        )


def check_words(words: Iterable[str], where: str) -> None:
    """Demand that each word means a rule.

    Raises:
        SratToolError: at the place that is named, for a word that means none.
    """
    for word in words:
        if not any(_means(word, entry.id, entry.name) for entry in all_rules()):
            raise SratToolError(
                "no rule of that code or name",
                where=where,
                got=repr(word),
                expected="a code such as SRAT101, its beginning, or a name",
                hint="srattool lint --list-rules",
            )


def _any(words: Iterable[str], code: str, name: str) -> bool:
    return any(_means(word, code, name) for word in words)


def _means(word: str, code: str, name: str) -> bool:
    return word == name or (word != "" and code.startswith(word.upper()))


def _matches(path: str, pattern: str) -> bool:
    """Match a whole path, its file part before `!`, or the end of that from any folder on."""
    file = path.partition("!")[0]
    whole = fnmatchcase(path, pattern) or fnmatchcase(file, pattern)
    return whole or fnmatchcase(str(Path(file).absolute()), f"*/{pattern}")
