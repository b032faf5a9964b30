"""Tables that fwts and iasl get wrong, with the findings of lint for them.

The expectations about a peer are what it did when it was tried; one that learns better fails here,
and its row goes.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from srat_tool.authoring.assemble import assemble
from srat_tool.authoring.decompile import decompile
from srat_tool.authoring.spec import parse_spec
from tests.lint.lab import TWO_NODES, findings, srat_spec, table_spec

pytestmark = pytest.mark.peer

IASL = shutil.which("iasl")
FWTS = shutil.which("fwts")

MIDDLE = "[slit]\nmatrix = '''\n10 21 21\n21 20 21\n21 21 10\n'''\n"
TEN = "[slit]\nmatrix = '''\n10 10 20\n10 10 20\n20 20 10\n'''\n"
ALL_TEN = "[slit]\nmatrix = '''\n10 10\n10 10\n'''\n"
PAST_END = srat_spec("apic 0 0\nmem 0 0+4G length=52")
INITIATOR = srat_spec("initiator 2 pci:0000:3a:00.0 off\n" + TWO_NODES)
OVERLAP = srat_spec("apic 0 0\napic 1 1\nmem 0 0+4G\nmem 1 3G+4G")
SPECIAL = srat_spec("apic 0 0\nmem 0 0+4G\nmem 1 4G+4G special hotplug nonvolatile")
GICC = srat_spec("gicc 0 0\nmem 0 0+4G") + table_spec("madt", "gicc 0 0\ngicc 1 1 off")

# Spec, table, the code that lint reports, and whether iasl and fwts report anything.
CASES = {
    "diagonal in the middle": (MIDDLE, "slit", "SLIT005"),
    "remote as near as local": (TEN, "slit", "SLIT006"),
    "one distance for all": (ALL_TEN, "slit", "SLIT018"),
    "structure past the end": (PAST_END, "srat", "SRAT004"),
    "initiator in front of processors": (INITIATOR, "srat", "SRAT304"),
    "overlap of two nodes": (OVERLAP, "srat", "SRAT101"),
}
FWTS_SEES = {"structure past the end"}


@pytest.mark.parametrize("name", CASES)
def test_we_report(name: str) -> None:
    """Each case gives its code."""
    spec, _, code = CASES[name]
    assert code in {finding.id for finding in findings(spec)}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.skipif(IASL is None, reason="iasl (Debian: acpica-tools) is not installed")
def test_iasl_is_content(name: str, tmp_path: Path) -> None:
    """The disassembler exits with 0 and has no word about the fault."""
    spec, _, _ = CASES[name]
    table = tmp_path / "table.bin"
    table.write_bytes(assemble(parse_spec(spec, "peer"))[0].data)
    ran = subprocess.run(
        ["iasl", "-p", str(tmp_path / "out"), "-d", str(table)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert ran.returncode == 0
    assert "warning" not in (ran.stdout + ran.stderr).lower()


@pytest.mark.parametrize("name", CASES)
@pytest.mark.skipif(
    FWTS is None, reason="fwts is not installed; Debian 12 does not have it in main"
)
def test_fwts_is_content(name: str, tmp_path: Path) -> None:
    """All but a length past the end passes."""
    spec, test, _ = CASES[name]
    dump = tmp_path / "acpidump.txt"
    dump.write_text(_dump(assemble(parse_spec(spec, "peer"))[0].data))
    ran = subprocess.run(
        ["fwts", f"--dumpfile={dump}", "-r", "-", test],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert ("FAILED" in ran.stdout) == (name in FWTS_SEES)


def _dump(data: bytes) -> str:
    rows = [
        f"    {at:04X}: {data[at : at + 16].hex(' ').upper()}" for at in range(0, len(data), 16)
    ]
    return "\n".join([f"{data[:4].decode()} @ 0x0000000000000000", *rows, "", ""])


def test_specific_purpose_is_legal_and_kept() -> None:
    """Bit 3 is no fault, and survives the way to a spec and back; iasl clears it."""
    assert "SRAT109" not in {finding.id for finding in findings(SPECIAL)}
    (raw,) = assemble(parse_spec(SPECIAL, "peer"))
    (again,) = assemble(parse_spec(decompile([raw.data]), "peer"))
    assert again.data == raw.data
    assert int.from_bytes(raw.data[64 + 40 + 28 : 64 + 40 + 32], "little") == 0xF


def test_gicc_of_eighty_bytes_is_whole() -> None:
    """A GICC of ACPI 6.0 ends at its length; iasl reads a field from the structure after it."""
    assert [f for f in findings(GICC) if f.severity] == []
