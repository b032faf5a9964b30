"""One cause is one finding: it names the others, and is as bad as the worst of them."""

from __future__ import annotations

import pytest

from srat_tool.lint.hit import Severity
from srat_tool.lint.rules import all_rules, load
from tests.lint.lab import findings
from tests.lint.test_sound_machines import MACHINES

X86 = MACHINES["two sockets with everything"]
# What is replaced in a sound machine, by what, and the findings: each with what it explains.
CAUSES = [
    ("mem 1 34G+32G", "mem 9 34G+32G", {"MSCT006": ["SLIT013"], "HMAT007": ["SRAT405"]}),
    ("mem 1 34G+32G", "mem 0x4000 34G+32G", {"SRAT401": ["MSCT006", "SRAT403"]}),
    ('entry_base_unit=1000"\n', "entry_base_unit=0", {"HMAT009": ["HMAT028"]}),
    ("apic 1 2..3", "apic 1 2\napic 1 2", {"SRAT202": ["XMAD001"]}),
    ("mem 0 0+2G", "mem 0 0+2G length=41", {"SRAT003": []}),
]


@pytest.mark.parametrize(("sound", "wrong", "expected"), CAUSES, ids=[c[1] for c in CAUSES])
def test_one_wrong_field_is_one_cause(
    sound: str, wrong: str, expected: dict[str, list[str]]
) -> None:
    """What follows from it in other tables is named, and not listed."""
    found = {f.id: f.also for f in findings(X86.replace(sound.rstrip('"\n'), wrong, 1))}
    for code, also in expected.items():
        assert set(also) <= set(found[code]), found
        assert not set(also) & set(found)


def test_a_cause_is_as_bad_as_the_worst_of_what_it_explains() -> None:
    """A status never gets better by leaving findings out."""
    (tail,) = [
        one
        for one in findings("[srat]\nentries = '''\napic 0 0\nmem 0 0+4G\nbytes 00*16\n'''\n")
        if one.id == "SRAT006"
    ]
    assert tail.severity is Severity.ERROR
    assert "SRAT001" in tail.also


@pytest.mark.parametrize("damage", ["length = 36", "size = 20", "size = 60"])
def test_what_a_table_lost_is_not_missed_elsewhere(damage: str) -> None:
    """A table that cannot be read whole has one finding, and no others about what it lacks."""
    found = [
        one.id
        for one in findings(X86.replace("[srat]", f"[srat]\n{damage}", 1))
        if one.severity > Severity.INFO
    ]
    assert len(found) == 1, found


@pytest.mark.parametrize(
    ("tail", "is_whole"), [("00*64", True), ("ff*20", True), ("0010010004000000*1", False)]
)
def test_padding_hides_no_finding(tail: str, is_whole: bool) -> None:
    """After padding the table is whole; where structures go on, Length is the only cause."""
    short = X86.replace("apic 1 2..3\n", "", 1)
    assert short != X86
    spec = short.replace("[srat]", f'[srat]\ntail = "{tail}"', 1)
    found = {one.id for one in findings(spec) if one.severity > Severity.INFO}
    assert "ACPI003" in found
    assert ("XMAD001" in found) == is_whole


def test_causes_are_rules() -> None:
    """Every code that a rule yields to or follows is one of another rule, or a topic of some."""
    rules = {entry.id: load(entry) for entry in all_rules()}
    topics = {rule.topic for rule in rules.values()} - {""}
    for code, rule in rules.items():
        assert {*rule.yields_to, *rule.follows} <= (set(rules) | topics) - {code}, code
