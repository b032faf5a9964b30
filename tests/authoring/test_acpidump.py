"""The text of acpidump, read by ourselves and by acpixtract."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from srat_tool.authoring.acpidump import acpidump_lines
from srat_tool.base.rawtable import Origin, RawTable
from tests.sources.samples import slit, srat, table, tables_in

TABLES = [srat(), slit(7), table(b"SSDT", bytes(range(256)) * 300)]


def _text(tables: list[bytes]) -> str:
    raw = [RawTable(origin=Origin(path="x"), data=t) for t in tables]
    return "\n".join(acpidump_lines(raw)) + "\n"


def test_round_trip() -> None:
    """What we write we read, long offsets included."""
    assert tables_in(_text(TABLES).encode()) == TABLES


@pytest.mark.peer
@pytest.mark.skipif(
    shutil.which("acpixtract") is None, reason="acpixtract is not installed (acpica-tools)"
)
def test_acpixtract_reads_it(tmp_path: Path) -> None:
    """ACPICA's own tool takes the same bytes out of our text."""
    (tmp_path / "dump.txt").write_text(_text(TABLES))
    subprocess.run(["acpixtract", "-a", "dump.txt"], cwd=tmp_path, check=True, capture_output=True)
    assert {p.read_bytes() for p in tmp_path.glob("*.dat")} == set(TABLES)
