"""iasl's source of tables, and structures that were copied out of a listing."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from srat_tool.sources import iasl_source
from tests.sources.samples import found_in, reasons_in, slit, tables_in

SLIT = """\
[0004]                          Signature : "SLIT"    [System Locality Information Table]
[0004]                       Table Length : 00000030
[0001]                           Revision : 03
[0001]                           Checksum : 00
[0006]                             Oem ID : "OEMID "
[0008]                       Oem Table ID : "OEMTABLE"
[0004]                       Oem Revision : 00000001
[0004]                    Asl Compiler ID : "TEST"
[0004]              Asl Compiler Revision : 00000001

[0008]                         Localities : 0000000000000002
[0002]                       Locality   0 : 0A 14
[0002]                       Locality   1 : 14 0A
"""
MEMORY = """\
[2080h 8320   1]                Subtable Type : 01 [Memory Affinity]
[2081h 8321   1]                       Length : 28

[2082h 8322   4]             Proximity Domain : 00000002
[2086h 8326   2]                    Reserved1 : 0000
[2088h 8328   8]                 Base Address : 0000002080000000
[2090h 8336   8]               Address Length : 000000FD00000000
[2098h 8344   4]                    Reserved2 : 00000000
[209Ch 8348   4]        Flags (decoded below) : 00000005
                                     Enabled : 1
                               Hot Pluggable : 0
                                Non-Volatile : 1
[20A0h 8352   8]                    Reserved3 : 0000000000000000
"""


def bare(text: str) -> str:
    """Take the brackets off, as in documentation."""
    return re.sub(r"(?m)^\[[^\]]*\]", "", text)


@pytest.mark.parametrize("text", [SLIT, bare(SLIT)])
def test_table_as_source(text: str) -> None:
    """With sizes in brackets or without, the text is the table; the checksum is computed."""
    found = found_in(text.encode())
    assert [t.data for t in found.tables] == [slit()]
    assert found.refused == []


def test_length_is_computed() -> None:
    """A template leaves the length to the compiler; one that promises more was cut."""
    assert tables_in(SLIT.replace("00000030", "00000000").encode()) == [slit()]
    assert "shows 48 of the table's 64 bytes" in reasons_in(SLIT.replace("30\n", "40\n").encode())


def test_two_sources_in_one_text() -> None:
    """Every signature begins a table."""
    assert tables_in((SLIT + SLIT).encode()) == [slit(), slit()]


@pytest.mark.parametrize("text", [MEMORY, bare(MEMORY), "In my table:\n```\n" + MEMORY + "```\n"])
def test_structures_without_a_header(text: str) -> None:
    """A structure alone is shown as an SRAT of it, and the missing rest is reported."""
    found = found_in(text.encode())
    (table,) = found.tables
    assert table.signature == b"SRAT"
    assert len(table.data) == 88
    assert table.data[48:56] == bytes.fromhex("0128020000000000")
    assert table.data[56:72] == (0x2080000000).to_bytes(8, "little") + (0xFD << 32).to_bytes(
        8, "little"
    )
    assert sum(table.data) & 0xFF == 0
    assert "1 structure of SRAT without the whole header" in reasons_in(text.encode())


def test_reserved_tail_left_out() -> None:
    """Documents leave the reserved end of an entry out: zeros replace it, which is reported."""
    text = MEMORY.rsplit("[20A0h", 1)[0].encode()
    assert len(tables_in(text)[0]) == 88
    assert "shows 32 of its 40 bytes; zeros were put in" in reasons_in(text)


def test_structure_cut_short() -> None:
    """A structure without its middle ends the table."""
    text = "\n".join(MEMORY.splitlines()[:4]).encode()
    assert "shows 6 of its 40 bytes; the table ends there" in reasons_in(text)


def test_structures_of_two_tables() -> None:
    """Where the structures' names belong to another table, another one begins."""
    bridge = """
        Subtable Type : 00 [CXL Host Bridge Structure]
             Reserved : 00
               Length : 0020
 Associated host bridge : 00000007
  Specification version : 00000001
             Reserved : 00000000
        Register base : 0000010370400000
      Register length : 0000000000010000
"""
    tables = tables_in((bare(MEMORY) + bridge).encode())
    assert [table[:4] for table in tables] == [b"SRAT", b"CEDT"]
    assert tables[1][36:38] == b"\0\0"
    assert len(tables[1]) == 36 + 32


def test_named_bits_win_over_the_flags() -> None:
    """Like iasl, the bits that are named decide."""
    text = MEMORY.replace("Hot Pluggable : 0", "Hot Pluggable : 1").encode()
    assert tables_in(text)[0][48 + 28] == 7


def test_value_that_does_not_fit() -> None:
    """A value of more bytes than its field ends the table."""
    text = SLIT.replace("0A 14", "0A 14 15").encode()
    assert "value of Locality   0 cannot be read" in reasons_in(text)


@pytest.mark.parametrize("size", ["40000000h", "99999999999999999999"])
@pytest.mark.parametrize(
    ("name", "reason"),
    [("Asl Compiler ID", "without the whole header"), ("Localities", "cannot be read")],
)
def test_no_field_is_wider_than_any(size: str, name: str, reason: str) -> None:
    """Memory for zeros that the text does not show is bounded, for texts and for numbers."""
    text = re.sub(rf"\[\w+\]( +{name} :)", rf"[{size}]\1", SLIT)
    assert reason in reasons_in(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        b"Notes of a meeting\n\nSignature : to be agreed\nNothing else was decided.\n",
        b"Subtable Type : 01 [Something else]\n",
        b'name: "SRAT"\n',
    ],
)
def test_prose_is_none(text: bytes) -> None:
    """Words that look like a field make no table."""
    assert not iasl_source.sniff(text)


@pytest.mark.peer
@pytest.mark.skipif(shutil.which("iasl") is None, reason="iasl is not installed")
@pytest.mark.parametrize("signature", ["SRAT", "SLIT", "HMAT", "APIC", "PPTT", "MSCT"])
@pytest.mark.parametrize("brackets", [True, False])
def test_as_iasl_compiles_it(tmp_path: Path, signature: str, brackets: bool) -> None:
    """The bytes are those of iasl, but for its own name and the checksum."""
    subprocess.run(["iasl", "-T", signature], cwd=tmp_path, check=True, capture_output=True)
    source = tmp_path / f"{signature.lower()}.asl"
    text = source.read_text()
    source.write_text(text if brackets else bare(text))
    subprocess.run(["iasl", source.name], cwd=tmp_path, check=True, capture_output=True)
    (mine,) = tables_in(source.read_bytes())
    theirs = source.with_suffix(".aml").read_bytes()
    assert mine[:9] + mine[10:28] + mine[36:] == theirs[:9] + theirs[10:28] + theirs[36:]
