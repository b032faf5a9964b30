"""Whole images, ours and those of the corpus."""

from __future__ import annotations

import hashlib
import json
import time

import pytest

from srat_tool.authoring import volume
from srat_tool.sources.firmware import sniff
from tests.sources.samples import found_in, noise, reasons_in, slit, srat, tables_in
from tests.sources.test_zipped import zipped
from tests.support import CORPUS, needs_corpus

FIRMWARE = CORPUS / "firmware"
MANIFEST = json.loads((FIRMWARE / "manifest.json").read_text()) if FIRMWARE.is_dir() else {}


def test_image_in_an_archive() -> None:
    """A zip of an image gives its tables; the image is their machine."""
    found = found_in(zipped({"readme.txt": b"hello", "bios.rom": volume.wrap([srat(), slit()])}))
    assert [t.data for t in found.tables] == [srat(), slit()]
    assert {t.origin.machine for t in found.tables} == {"bios.rom"}


def test_tables_outside_volumes() -> None:
    """A table between volumes is carved, one inside is not found twice."""
    data = b"\xff" * 4096 + volume.wrap([slit()]) + noise(64) + srat(checksum=0)
    assert tables_in(data) == [slit(), srat(checksum=0)]


def test_binary_without_anything() -> None:
    """A program is reported to contain nothing; text is not even looked at."""
    assert "nor anything that holds one" in reasons_in(b"\x7fELF" + noise(5000))
    assert not sniff(b"text\n")


def test_account_is_in_order_of_nesting() -> None:
    """Contents follow their container, one level deeper."""
    opened = found_in(volume.wrap([srat()], packing="lzma")).opened
    assert [(o.depth, o.what.split(" of ")[0]) for o in opened] == [
        (0, "firmware image"),
        (1, "FFSv2 volume"),
        (2, "LZMA section"),
        (3, "FFSv2 volume"),
    ]


def test_places_that_look_like_tables_are_named_up_to_a_number() -> None:
    """Damaged headers are listed, many of them counted."""
    damaged = bytearray(srat())
    damaged[50:] = b"\xaa" * len(damaged[50:])
    text = reasons_in(b"\xff\0" + bytes(damaged) * 30)
    assert text.count("neither its entries nor its checksum hold") == 8
    assert "22 more places" in text


@needs_corpus
@pytest.mark.parametrize("name", MANIFEST.get("good", {}))
def test_images_of_the_corpus(name: str) -> None:
    """Every image gives exactly the tables of its manifest."""
    sums = {k: v["sha256"] for k, v in MANIFEST["tables"].items()}
    found = found_in((FIRMWARE / "good" / name).read_bytes())
    got = sorted(hashlib.sha256(t.data).hexdigest() for t in found.tables)
    assert got == sorted(sums[t] for t in MANIFEST["good"][name]["tables"])


@needs_corpus
@pytest.mark.parametrize("name", MANIFEST.get("hostile", {}))
def test_hostile_images_end_fast(name: str) -> None:
    """Each hostile image ends within a second, and is refused with a reason or gives a table."""
    started = time.process_time()
    found = found_in((FIRMWARE / "hostile" / name).read_bytes())
    assert time.process_time() - started < 1
    assert found.refused or found.tables
