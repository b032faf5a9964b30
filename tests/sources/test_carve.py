"""Tables lying anywhere in bytes."""

from __future__ import annotations

import time

import pytest

from srat_tool.base.units import MIB
from srat_tool.sources.carve import Carved, carve
from tests.sources.samples import noise, slit, srat, table
from tests.support import corpus_tables, needs_corpus

CARVED = {b"SRAT", b"SLIT", b"HMAT", b"MSCT", b"CEDT", b"PPTT", b"APIC"}
HMAT = table(b"HMAT", bytes(4) + b"\0\0\0\0\x28\0\0\0" + bytes(32))
MSCT = table(b"MSCT", b"\x38\0\0\0" + bytes(16) + b"\x01\x16" + bytes(20))
CEDT = table(b"CEDT", b"\0\0\x20\0" + bytes(28))


@pytest.mark.parametrize("wanted", [srat(), slit(), HMAT, MSCT, CEDT], ids=lambda t: t[:4].decode())
def test_found_by_structure(wanted: bytes) -> None:
    """A table with checksum 0 is found in noise; its bytes come whole."""
    unsummed = wanted[:9] + b"\0" + wanted[10:]
    data = noise(999) + unsummed + noise(500, 2)
    assert list(carve(data, MIB)) == [Carved(999, len(wanted))]


def test_damaged_body_needs_its_checksum() -> None:
    """Entries that do not fit are forgiven when the sum holds, otherwise the place is named."""
    body = bytearray(srat())
    body[49] = 41
    body[9] = (body[9] - sum(body)) & 0xFF
    assert list(carve(b"x" * 7 + bytes(body), MIB)) == [Carved(7, len(body))]
    body[60] ^= 1
    assert list(carve(b"x" * 7 + bytes(body), MIB)) == [Carved(7, 0)]


def test_bounds() -> None:
    """A table that is too long, runs past the end or is outside the run is none."""
    data = srat() + slit()
    assert list(carve(data, len(srat()) - 1)) == [Carved(len(srat()), len(slit()))]
    assert list(carve(data[:-1], MIB)) == [Carved(0, len(srat()))]
    assert list(carve(data, MIB, 1)) == [Carved(len(srat()), len(slit()))]
    assert list(carve(data, MIB, 0, len(srat()))) == [Carved(0, len(srat()))]


def test_nothing_in_noise() -> None:
    """Random bytes and bare names give nothing."""
    assert list(carve(noise(1 << 20) + b"SRAT SLIT HMAT" * 99, MIB)) == []


def test_headers_that_claim_much_cost_little() -> None:
    """Thousands of headers that each claim a megabyte end in well under a second."""
    head = b"SRAT" + MIB.to_bytes(4, "little") + b"\x03\0OEMID OEMTABLE\x01\0\0\0TEST\x01\0\0\0"
    body = head + b"\x01\0\0\0" + bytes(8) + b"\x01\x28" + bytes(38)
    entries = b"".join(b"\x01\x28" + head + bytes(2) for _ in range(3000))
    started = time.process_time()
    list(carve(body * 20_000, MIB))
    list(carve(head + bytes(12) + entries * 12, MIB))
    assert time.process_time() - started < 5


@needs_corpus
def test_real_tables_are_found() -> None:
    """Every table of the corpus that is not damaged on purpose is found among noise."""
    for path in corpus_tables():
        data = path.read_bytes()
        if data[:4] not in CARVED or path.parent.name.startswith("fwts"):
            continue
        found = list(carve(noise(101) + data + noise(99), MIB))
        # This board's entries do not fill its table, and its stored checksum is 0: only named.
        named = str(path).endswith("d06-hip08/SRAT-asbuilt.bin")
        assert found == [Carved(101, 0 if named else len(data))], path
