"""Real kernels did what the plan predicts: recorded boots of the examples, line by line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from srat_tool.compare.verified import Verdict
from tests.golden.boots import FOLDER, RECORDS, compare, record

# A record that lacks one of these proves little.
ALWAYS = {"srat", "zones", "movable", "nodes", "memblock"}


def _name(path: Path) -> str:
    return f"{path.parent.name}-{path.stem}"


@pytest.mark.parametrize("path", RECORDS, ids=_name)
def test_the_kernel_did_what_is_planned(path: Path) -> None:
    """Every printed line and every memblock region is what the plan of the same tables predicts."""
    parts = compare(path.parent.name, path.read_text())
    assert [part for part in parts if part.verdict is not Verdict.EQUAL] == []
    assert {part.name for part in parts if part.seen} >= ALWAYS


@pytest.mark.parametrize(
    ("pattern", "replacement", "part"),
    [
        (r"(  Normal   \[mem 0x)0000000100000000", r"\g<1>0000000140000000", "zones"),
        (r"(Initmem setup node )1", r"\g<1>2", "initmem"),
        (r"( node   1: \[mem 0x\d+)0", r"\g<1>1", "nodes"),
        (r"(\[0x2\].* on node )0", r"\g<1>1", "memblock"),
        (r"(SRAT: Node 1 PXM )1", r"\g<1>3", "srat"),
    ],
)
def test_a_record_that_says_otherwise_is_noticed(pattern: str, replacement: str, part: str) -> None:
    """One changed figure in a record is a difference of just that part."""
    path = next((FOLDER / "two-sockets-removable-riser").glob("6.1*.log"))
    log, count = re.subn(pattern, replacement, path.read_text(), count=1)
    assert count == 1
    parts = compare("two-sockets-removable-riser", log)
    assert {p.name for p in parts if p.verdict is not Verdict.EQUAL} == {part}


def test_records_cover_kernels_and_architectures() -> None:
    """At least a dozen boots, of four kernels and two architectures."""
    releases = {path.stem.partition("-")[0].rpartition(".")[0] for path in RECORDS}
    assert len(RECORDS) >= 12
    assert len(releases) >= 4
    assert {path.stem.rpartition("-")[2] for path in RECORDS} >= {"amd64", "arm64"}


@pytest.mark.parametrize("path", RECORDS, ids=_name)
def test_a_record_bears_its_kernels_release(path: Path) -> None:
    """The file is named after the release that the log names, and holds nothing needless."""
    log = path.read_text()
    assert path.stem in log.partition("\n")[0] or f"Linux version {path.stem}\n" in log
    assert record(log) == log
