"""Each rule passes its own examples, and is where rules must be."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from srat_tool.base.errors import SratToolError
from srat_tool.lint import rules
from srat_tool.lint.engine import judge
from srat_tool.lint.page import HEADINGS, page
from srat_tool.lint.rule import PROFILES, Example, Rule
from srat_tool.lint.rules import FOLDERS, GATES, Entry, all_rules, load, relevant, rules_in
from srat_tool.lint.selection import Selection
from tests.lint.lab import findings, machine, srat_spec, table_spec

FOLDER = Path(rules.__file__).parent
ALL_RULES = tuple(all_rules())
EXAMPLES = [(entry, example) for entry in ALL_RULES for example in load(entry).examples]
FAMILIES = list(GATES)


@pytest.mark.parametrize(
    ("entry", "example"),
    EXAMPLES,
    ids=[f"{entry.id}-{example.title}" for entry, example in EXAMPLES],
)
def test_example(entry: Entry, example: Example) -> None:
    """The rule reports exactly what its example lists, and nothing on clean ones."""
    found = judge(machine(example.spec, example.options), Selection(select=(entry.id,)))
    assert tuple(finding.message for finding in found) == example.findings


@pytest.mark.parametrize(
    ("entry", "example"),
    [pair for pair in EXAMPLES if pair[1].findings],
    ids=[f"{entry.id}-{example.title}" for entry, example in EXAMPLES if example.findings],
)
def test_no_template_is_printed(entry: Entry, example: Example) -> None:
    """The kernel's lines have real numbers, or end before them."""
    found = judge(machine(example.spec, example.options), Selection(select=(entry.id,)))
    quoted = [line for one in found for line in re.findall(r'"[^"]*"', one.why)]
    assert not [line for line in quoted if re.search(r"\.\.\.|\bN\b|%[dux]", line)]


@pytest.mark.parametrize("entry", ALL_RULES, ids=[entry.id for entry in ALL_RULES])
def test_rule_is_complete(entry: Entry) -> None:
    """A rule has its code, its name, a full page, and examples of both kinds."""
    rule = load(entry)
    assert issubclass(rule, Rule)
    assert (rule.id, rule.name) == entry[:2]
    text = page(rule)
    assert all(text), HEADINGS
    assert any(example.findings for example in rule.examples)
    assert any(not example.findings for example in rule.examples)
    assert set(rule.severities) <= set(PROFILES[1:])


def test_every_file_is_found_once() -> None:
    """A rule's file in a folder that no family has, or of a family with no gate, would not run."""
    files = {
        ".".join(("srat_tool.lint.rules", *path.relative_to(FOLDER).with_suffix("").parts))
        for path in FOLDER.glob("*/*.py")
        if path.stem != "__init__"
    }
    assert {entry.module for entry in ALL_RULES} == files
    assert list(FOLDERS) == list(GATES)


def test_a_file_without_a_code_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would be a rule that never runs."""
    (tmp_path / "slit").mkdir()
    (tmp_path / "slit" / "odd.py").write_text("class Odd: ...\n")
    monkeypatch.setattr(rules, "__file__", str(tmp_path / "__init__.py"))
    rules_in.cache_clear()
    with pytest.raises(SratToolError, match="without a code"):
        rules_in("slit")
    rules_in.cache_clear()


def test_rules_stand_by_code() -> None:
    """They are in the order of their codes, and no code comes twice."""
    keys = [(FAMILIES.index(entry.family), entry.id) for entry in ALL_RULES]
    assert keys == sorted(set(keys))


def test_rules_do_not_know_each_other() -> None:
    """What two rules need is a property of a view, not an import."""
    for path in FOLDER.rglob("*.py"):
        assert not re.search(r"from srat_tool\.lint\.rules", path.read_text()), path


def test_relevance_follows_the_tables() -> None:
    """A lone SLIT needs no SRAT rules, rules about two tables need both, MOV needs hot ranges."""

    def families(spec: str) -> set[str]:
        return {entry.family for entry in relevant(machine(spec))}

    slit = "[slit]\nmatrix = '10'\n"
    assert families(slit) == {"ACPI", "SLIT"}
    assert families(srat_spec("mem 0 0+4G")) == {"ACPI", "SRAT"}
    assert "XMAD" in families(srat_spec("mem 0 0+4G") + table_spec("madt", "lapic 0 0"))
    assert "MOV" in families(srat_spec("mem 0 0+4G hotplug"))


def test_small_kernel_is_nearly_full() -> None:
    """Three quarters of the room are a warning, with fewer entries than a default kernel holds."""
    entries = "\n".join(f"mem 0 {2 * index}G+1G" for index in range(100))
    kernel = '[kernel.config]\nNODES_SHIFT = "6"\n'
    found = findings(kernel + srat_spec(f"apic 0 0\n{entries}"), "SRAT115")
    assert [(finding.entry, finding.severity.label) for finding in found] == [(100, "warning")]


def test_reserved_handle_bytes_have_their_place() -> None:
    """The finding is on the reserved part, not on the handle."""
    text = "apic 0 0\nmem 0 0+4G\ninitiator 0 0:" + "50" * 8 + "00" * 7 + "01"
    found = findings(srat_spec(text), "SRAT302")
    assert [(finding.offset, finding.size) for finding in found] == [(48 + 16 + 40 + 20, 4)]
