"""The budget, and what happens to unknown bytes."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path

import pytest

from srat_tool.base.errors import BudgetError
from srat_tool.base.limits import Budget
from srat_tool.base.rawtable import Origin
from srat_tool.sources.found import Role
from srat_tool.sources.reader import Reader
from tests.sources.samples import found_in, reasons_in, srat


def test_spending_over_the_budget_is_refused_and_not_charged() -> None:
    """What does not fit is named; what is left can still be used."""
    reader = Reader(kinds=(), limits=Budget(unpacked=10))
    reader.spend(4)
    with pytest.raises(BudgetError, match="try --max-unpacked"):
        reader.spend(7)
    assert reader.left == 6


def test_depth_is_bounded() -> None:
    """Containers within containers end at the depth limit."""
    data = srat()
    for _ in range(5):
        data = gzip.compress(data)
    (refusal,) = found_in(data, depth=3).refused
    assert refusal.label == "input!gzip/gzip/gzip/gzip"


def test_a_table_imports_no_reader_of_archives() -> None:
    """What a plain table does not need is not imported for it."""
    code = (
        "import sys; from srat_tool.sources.detect import gather; gather(sys.argv[1:]);"
        "print(*{'zipfile', 'lzma', 'bz2', 'srat_tool.sources.ffs'} & set(sys.modules))"
    )
    table = Path(__file__).parents[2] / "fixtures" / "bin"
    path = next(table.rglob("SRAT*"))
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, check=True)
    assert done.stdout == b"\n"


def test_table_over_the_limit_is_refused() -> None:
    """A table longer than the budget names the flag that raises it."""
    reader = Reader(kinds=(), limits=Budget(table=40))
    reader.table(Origin(path="p"), bytes(41))
    reader.table(Origin(path="p"), bytes(40))
    assert len(reader.found.tables) == 1
    assert "--max-table" in reader.found.refused[0].reason


def test_evidence_keeps_its_machine() -> None:
    """Evidence carries path and machine of where it lay."""
    reader = Reader(kinds=())
    reader.evidence(Role.IOMEM, Origin(path="p", inner="m/proc/iomem", machine="m"), b"")
    assert (reader.found.evidence[0].path, reader.found.evidence[0].machine) == ("p", "m")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty file"),
        (b"abc", "too short for an ACPI table, got 3 bytes"),
        (b"\x7fELF" + bytes(100), "no ACPI table, nor anything that holds one, in 104 bytes"),
    ],
)
def test_unknown_bytes_say_why(data: bytes, reason: str) -> None:
    """Each kind of nothing has its own words."""
    assert reason in reasons_in(data)


def test_known_bytes_are_not_refused() -> None:
    """A table is read, and nothing is reported about it."""
    assert reasons_in(srat()) == ""


def test_the_largest_logs_are_left_out() -> None:
    """The others stay, in their order; where none stays, something is missing."""
    reader = Reader(kinds=(), logs=10)
    for name, size in (("a", 4), ("b", 9), ("c", 5)):
        reader.evidence(Role.BOOT_LOG, Origin(path=name), bytes(size))
    reader.evidence(Role.ZONEINFO, Origin(path="z"), bytes(99))
    assert [one.label for one in reader.found.evidence] == ["a", "c", "z"]
    assert [(one.label, one.matters) for one in reader.found.refused] == [("b", False)]
    alone = Reader(kinds=(), logs=10)
    alone.evidence(Role.BOOT_LOG, Origin(path="a"), bytes(11))
    assert [one.matters for one in alone.found.refused] == [True]
