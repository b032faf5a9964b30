"""What inputs contain, as text and as JSON values."""

from __future__ import annotations

from srat_tool.base.rawtable import Origin, RawTable
from srat_tool.render.listing import listing_lines, listing_value
from srat_tool.render.look import DEFAULT
from srat_tool.sources.found import Evidence, Found, Opened, Refusal, Role
from tests.support import table_bytes

GOOD = table_bytes(b"SRAT", bytes(12))
FOUND = Found(
    tables=[
        RawTable(Origin("a.bin"), GOOD),
        RawTable(Origin("b.fd", "x\x1by"), b"SLIT" + bytes(5) + b"\x07", 64),
    ],
    evidence=[Evidence(Role.BOOT_LOG, "log", b"text")],
    opened=[Opened("b.fd", "FFSv2 volume", 100, 1)],
    refused=[Refusal("c.fd", "too large")],
)


def test_one_line_for_each_table_container_and_refusal() -> None:
    """Checksums are judged, and nothing unescaped is printed."""
    lines = "".join(listing_lines(FOUND, DEFAULT)).splitlines()
    assert lines[0] == f"SRAT {len(GOOD)} bytes, checksum good, file: a.bin"
    assert lines[1].startswith("SLIT 10 bytes, checksum 07, file: b.fd!x\\x1by")
    assert "FFSv2 volume" in lines[2]
    assert "too large" in lines[3]


def test_values_have_the_same_facts() -> None:
    """Tables with their place, other files, containers, and what was not opened."""
    value = listing_value(FOUND)
    assert [t["checksum_ok"] for t in value["tables"]] == [True, False]
    assert value["tables"][1]["source_offset"] == 64
    assert value["evidence"] == [{"role": "boot log", "source": "log", "size": 4}]
    assert value["opened"][0]["depth"] == 1
    assert value["not_opened"] == [{"source": "c.fd", "reason": "too large", "matters": True}]
