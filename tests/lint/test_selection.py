"""Which rules run, and what is ignored where."""

from __future__ import annotations

import pytest

from srat_tool.base.errors import SratToolError
from srat_tool.base.rawtable import Origin, RawTable
from srat_tool.lint.rules import all_rules
from srat_tool.lint.selection import Selection
from tests.lint.lab import findings, srat_spec

BROKEN = srat_spec("apic 0 0\nmem 0 0+4G\nmem 3 0+0")


def _codes(selection: Selection) -> list[str]:
    return [entry.id for entry in all_rules() if selection.wants(entry)]


def test_codes_beginnings_and_names() -> None:
    """A code, the beginning of codes, or a rule's name; in any case."""
    assert _codes(Selection(select=("srat101",))) == ["SRAT101"]
    assert "SLIT005" in _codes(Selection(select=("SLIT",)))
    assert _codes(Selection(select=("zero-length-range",))) == ["SRAT104"]


def test_ignore_wins() -> None:
    """What is both selected and ignored does not run."""
    assert _codes(Selection(select=("SRAT10",), ignore=("SRAT101",)))[0] == "SRAT102"


def test_unknown_word_is_an_error() -> None:
    """A slip of the pen must not switch a check off."""
    with pytest.raises(SratToolError, match="no rule"):
        Selection(ignore=("SRAT9999",))


@pytest.mark.parametrize("pattern", ["example!SRAT", "exam*", "*"])
def test_ignored_by_path(pattern: str) -> None:
    """A pattern meets the whole label, the file, or its name."""
    (found,) = findings(BROKEN, "SRAT104")
    assert Selection(per_path={pattern: ("SRAT1",)}).ignores(found)
    assert not Selection(per_path={pattern: ("SLIT",)}).ignores(found)
    assert not Selection(per_path={"other": ("SRAT1",)}).ignores(found)


@pytest.mark.parametrize(
    "path", ["templates/a.bin", "./templates/a.bin", "/srv/templates/a.bin", "x/templates/a.bin"]
)
def test_patterns_match_from_any_folder_on(path: str) -> None:
    """However the folder was given, the pattern of the configuration means the same files."""
    selection = Selection(per_path={"templates/*.bin": ("SLIT005",)})
    (finding,) = findings("[slit]\nmatrix = '''\n10 21\n21 11\n'''\n", "SLIT005")
    moved = finding._replace(raw=RawTable(Origin(path), finding.raw.data))
    assert selection.ignores(moved)
    other = finding._replace(raw=RawTable(Origin(path.replace("templates", "others")), b""))
    assert not selection.ignores(other)
