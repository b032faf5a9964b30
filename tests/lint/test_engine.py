"""From tables to machines, and from machines to findings."""

from __future__ import annotations

import itertools
import os
import signal
import sys
from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srat_tool.base.rawtable import Origin, OriginKind, RawTable
from srat_tool.lint.engine import BATCH, MAX_PER_RULE, judge, lint, machines
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rules import all_rules, load
from srat_tool.lint.selection import Selection
from srat_tool.lint.settings import Settings
from srat_tool.sources.found import Found
from tests.lint.lab import TWO_NODES, findings, machine, srat_spec
from tests.support import table_bytes

DAMAGED = [load(entry).examples[0].spec for entry in all_rules() if entry.id[-1] in "147"]
SRAT, SLIT = table_bytes(b"SRAT", bytes(12)), table_bytes(b"SLIT", bytes(8))


def _groups(*tables: tuple[str, str, str, bytes]) -> list[list[str]]:
    raws = [
        RawTable(origin=Origin(path=path, inner=inner, machine=name), data=data)
        for path, inner, name, data in tables
    ]
    made = machines(Found(tables=raws), Settings())
    return [[table.raw.origin.label for table in one.tables] for one in made]


def test_tables_of_one_folder_are_one_machine() -> None:
    """The origin's machine decides; a folder of dumps holds several."""
    mine, other = ("dumps", "a/SRAT", "a", SRAT), ("dumps", "b/SRAT", "b", SRAT)
    groups = _groups(mine, other, ("dumps", "a/SLIT", "a", SLIT))
    assert groups == [["dumps!a/SRAT", "dumps!a/SLIT"], ["dumps!b/SRAT"]]


def test_files_named_one_by_one_join_by_folder() -> None:
    """One of each kind in one folder is a machine; with two SRATs each is a machine of its own."""
    assert _groups(("d/SRAT", "", "", SRAT), ("d/SLIT", "", "", SLIT)) == [["d/SRAT", "d/SLIT"]]
    other = table_bytes(b"SRAT", bytes(13))
    apart = [("d/a.bin", "", "", SRAT), ("d/b.bin", "", "", other), ("d/SLIT", "", "", SLIT)]
    assert _groups(*apart) == [["d/a.bin"], ["d/b.bin"], ["d/SLIT"]]


def test_tables_of_one_file_stay_together() -> None:
    """A file of several tables is one machine, two SSDTs in it or not."""
    ssdt, other = table_bytes(b"SSDT", b"a"), table_bytes(b"SSDT", b"b")
    assert _groups(*(("d/blob", "", "", data) for data in (SRAT, ssdt, other))) == [["d/blob"] * 3]


def _duplicates(raws: list[RawTable]) -> list[str]:
    found = judge(LintMachine(raws, Settings()), Selection(select=("ACPI010",)))
    return [finding.path for finding in found]


def test_a_copy_with_another_checksum_is_no_second_table() -> None:
    """Wherever it is; a table with other contents is the second one."""
    copy = SRAT[:9] + bytes([SRAT[9] ^ 1]) + SRAT[10:]
    other = table_bytes(b"SRAT", bytes(13))
    raws = [
        RawTable(origin=Origin(path=path), data=data)
        for path, data in (("a", SRAT), ("b", other), ("c", copy))
    ]
    assert _duplicates(raws) == ["b"]
    assert _duplicates([raws[0], raws[2]]) == []


def test_equal_tables_in_one_list_are_two() -> None:
    """A list names each table once; a file next to a dump of it, and volumes, show one twice."""

    def second(*origins: Origin) -> int:
        return len(_duplicates([RawTable(origin=origin, data=SRAT) for origin in origins]))

    def origin(inner: str, kind: OriginKind) -> Origin:
        return Origin(path="d", inner=inner, kind=kind)

    assert second(origin("SRAT", OriginKind.FOLDER), origin("SRAT1", OriginKind.FOLDER)) == 1
    assert (
        second(origin("x/SRAT", OriginKind.ACPIDUMP), origin("x/SRAT1", OriginKind.ACPIDUMP)) == 1
    )
    assert second(origin("SRAT", OriginKind.FOLDER), origin("dump/SRAT", OriginKind.ACPIDUMP)) == 0
    volume = OriginKind.FIRMWARE_VOLUME
    assert second(origin("SRAT", volume), origin("SRAT", volume)) == 0


def test_findings_come_by_table_and_offset() -> None:
    """The order is stable and does not follow the rules' codes."""
    found = findings(srat_spec("apic 0 0 flags=3\nmem 0 0+4G flags=0x11", "table_revision = 7"))
    offsets = [-1 if finding.offset is None else finding.offset for finding in found]
    assert offsets == sorted(offsets)


def test_flood_is_bounded_and_said() -> None:
    """A rule lists so many places, and then how many more there are."""
    found = findings(srat_spec("x2apic 0 100000..100254\nmem 0 0+4G"), "SRAT205")
    assert len(found) == MAX_PER_RULE + 1
    assert found[0].message.startswith("55 more places")


def test_every_finding_says_why_and_how() -> None:
    """Reason and remedy come from the rule's page."""
    for finding in findings(srat_spec("mem 3 0x10+0x20 flags=0x12\napic 1 255")):
        assert finding.why
        assert finding.fix


def test_sound_machine_is_silent() -> None:
    """Two sockets with everything in place give nothing above information."""
    assert [f for f in findings(srat_spec(TWO_NODES)) if f.severity] == []


def _many(count: int) -> Found:
    """Return machines of one or two tables each, sound and not, and one of no known kind."""
    found = Found()
    for at in range(count):
        tables = [SRAT, SLIT][: 1 + at % 2] if at % 5 else [table_bytes(b"SSDT", b"")]
        for data in tables:
            origin = Origin(path="d", inner=f"{at}/t", machine=str(at))
            found.tables.append(RawTable(origin=origin, data=data))
    return found


def test_several_processes_find_the_same() -> None:
    """Findings, their order and their tables are those of one process."""
    found = _many(100)
    labels: list[str] = []
    alone = lint(found, Settings(), Selection(), watch=labels.append)
    shared = lint(found, Settings(), Selection(), jobs=2)
    assert shared == alone
    assert alone.findings
    assert len(labels) == 100
    assert all(a is b for a, b in zip(shared.checked, found.tables, strict=True))


def test_a_killed_process_leaves_its_machines_unchecked() -> None:
    """They are named; the others are judged."""

    def boot_of(part: Found) -> None:
        if part.tables[0].origin.machine == "40":
            os.kill(os.getpid(), signal.SIGKILL)

    report = lint(_many(100), Settings(), Selection(), boot_of, jobs=2)
    missing = [refusal.label for refusal in report.not_checked]
    assert "d!40/t" in missing
    assert len(missing) == BATCH
    assert len({raw.origin.machine for raw in report.checked}) == 100 - BATCH


def test_any_bytes_end() -> None:
    """Tables of zeros, of ones and of half a structure are judged, not stumbled over."""
    for body in (bytes(600), b"\xff" * 600, bytes(range(256)) * 3, b""):
        for signature in (b"SRAT", b"SLIT", b"HMAT", b"MSCT", b"CEDT", b"APIC", b"PPTT"):
            raw = RawTable(origin=Origin(path="x"), data=table_bytes(signature, body))
            for one in machines(Found(tables=[raw]), Settings()):
                judge(one, Selection())


def _calls(work: Callable[[], object]) -> int:
    """Count what some work calls."""
    count = itertools.count()
    sys.setprofile(lambda _frame, _event, _what: next(count))
    try:
        work()
    finally:
        sys.setprofile(None)
    return next(count)


@pytest.mark.parametrize("size", ["128M", "1M"])
def test_work_grows_with_the_table_only(size: str) -> None:
    """Four times the entries take about four times as many calls, nowhere near sixteen."""
    made: list[int] = []
    for count in (2000, 8000):
        one = machine(srat_spec(f"mem 0..{count - 1} 0+{size}"))
        judge(one, Selection())  # what is imported and cached by then is not counted
        again = LintMachine([table.raw for table in one.tables], one.settings, one.boot)
        made.append(_calls(partial(judge, again, Selection())))
    assert made[0] > 2000
    assert made[1] < 6 * made[0]


@settings(max_examples=40, derandomize=True, deadline=None)
@given(
    st.sampled_from(range(len(DAMAGED))),
    st.lists(st.tuples(st.integers(0, 600), st.integers(0, 255)), max_size=8),
    st.integers(0, 600),
)
def test_damage_is_judged(which: int, flips: list[tuple[int, int]], cut: int) -> None:
    """Any flipped byte and any cut in the tables of a rule's example ends in findings."""
    raws = []
    for raw in machine(DAMAGED[which]).tables:
        data = bytearray(raw.raw.data)
        for at, value in flips:
            data[4 + at % (len(data) - 4)] = value
        kept = bytes(data[: max(4, len(data) - cut)] if cut < 100 else data)
        raws.append(raw.raw._replace(data=kept))
    for one in machines(Found(tables=raws), Settings()):
        judge(one, Selection())


def test_stub_is_one_finding() -> None:
    """Of a table that ends inside its fixed part only the bytes are judged."""
    raw = RawTable(origin=Origin(path="MSCT"), data=table_bytes(b"MSCT", bytes([0x38, 0, 0, 0, 1])))
    assert [f.id for f in judge(LintMachine([raw], Settings()), Selection())] == ["ACPI004"]


def test_one_cause_is_one_finding() -> None:
    """A hot-pluggable bit on the first memory is reported once, with its consequences."""
    found = findings(srat_spec("apic 0 0\nmem 0 0+4G hotplug\nmem 0 4G+4G"), "MOV00")
    first = [(finding.id, finding.also) for finding in found if finding.entry == 1]
    assert first == [("MOV003", ("MOV002", "MOV004"))]
