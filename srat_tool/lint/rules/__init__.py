"""Every rule by code: a new one is one file in the folder of its family, and nothing else.

A file's name is the rule's name, and its class states the code. The codes are read from the files'
text, so that a rule is imported only when a machine has a table that it is about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from srat_tool.base.errors import SratToolError
from srat_tool.lint.rule import Rule

if TYPE_CHECKING:
    from srat_tool.lint.lint_machine import LintMachine

_CODE = re.compile(r'^    id = "([A-Z]+[0-9]+)"$', re.MULTILINE)


class Entry(NamedTuple):
    """A rule's code, its name, and its folder; the name with underscores is its file."""

    id: str
    name: str
    folder: str

    @property
    def family(self) -> str:
        """The letters of the code."""
        return family_of(self.id)

    @property
    def module(self) -> str:
        """The rule's module."""
        return f"{__name__}.{self.folder}.{self.name.replace('-', '_')}"


def family_of(code: str) -> str:
    """Return the letters of a code."""
    return code.rstrip("0123456789")


# The folder of each family, in the order of the manual: its table, or what it is held against.
FOLDERS = {
    "ACPI": "header",
    "SRAT": "srat",
    "SLIT": "slit",
    "HMAT": "hmat",
    "MSCT": "msct",
    "CEDT": "cedt",
    "MADT": "madt",
    "PPTT": "pptt",
    "NFIT": "nfit",
    "XMAD": "cross",
    "XPPT": "cross",
    "XNFT": "cross",
    "XMAP": "cross",
    "MOV": "movable",
    "SYS": "systems",
}

OTHER_SYSTEMS = ("xen", "freebsd", "illumos")
"""Profiles whose verdict on a machine is a rule."""

# When the rules of a family can find anything; until then their files are not imported.
GATES: dict[str, Callable[[LintMachine], bool]] = {
    "ACPI": lambda _: True,
    "SRAT": lambda m: m.srat is not None,
    "SLIT": lambda m: m.slit is not None or (m.srat is not None and len(m.srat.domains) > 2),
    "HMAT": lambda m: m.hmat is not None,
    "MSCT": lambda m: m.msct is not None or bool(m.hot_ranges),
    "CEDT": lambda m: m.cedt is not None,
    "MADT": lambda m: m.madt is not None,
    "PPTT": lambda m: m.pptt is not None,
    "NFIT": lambda m: m.nfit is not None,
    "XMAD": lambda m: m.srat is not None and m.madt is not None,
    "XPPT": lambda m: m.pptt is not None and (m.srat is not None or m.madt is not None),
    "XNFT": lambda m: m.srat is not None and m.nfit is not None,
    "XMAP": lambda m: m.srat is not None and m.memory_map is not None,
    "MOV": lambda m: m.srat is not None and (bool(m.hot_ranges) or m.command_line is not None),
    "SYS": lambda m: m.srat is not None and m.settings.profile in OTHER_SYSTEMS,
}


@cache
def rules_in(folder: str) -> tuple[Entry, ...]:
    """Return the rules of a folder by code.

    Raises:
        SratToolError: when a file states no code.
    """
    found = []
    for file in (Path(__file__).parent / folder).glob("*.py"):
        code = _CODE.search(file.read_text(encoding="utf-8"))
        if code is not None:
            found.append(Entry(code[1], file.stem.replace("_", "-"), folder))
        elif file.stem != "__init__":
            raise SratToolError(
                "rule without a code", where=file.name, expected='a line id = "..."'
            )
    return tuple(sorted(found))


@cache
def rules_of(family: str) -> tuple[Entry, ...]:
    """Return the rules of a family by code."""
    return tuple(entry for entry in rules_in(FOLDERS[family]) if entry.family == family)


def all_rules() -> Iterator[Entry]:
    """Yield every rule: by family, then by code."""
    return (entry for family in FOLDERS for entry in rules_of(family))


def relevant(machine: LintMachine) -> Iterator[Entry]:
    """Yield the rules that can find anything on a machine: by family, then by code."""
    return (entry for family in GATES if GATES[family](machine) for entry in rules_of(family))


@cache
def load(entry: Entry) -> type[Rule]:
    """Import a rule's file and return its class."""
    module = import_module(entry.module)
    for made in vars(module).values():
        if isinstance(made, type) and issubclass(made, Rule) and made.__module__ == entry.module:
            return made
    raise SratToolError("no rule in its file", where=entry.module)
