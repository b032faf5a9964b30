"""Volumes, files, sections: what is opened, what is left, what is reported."""

from __future__ import annotations

import struct
import uuid

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srat_tool.authoring import volume
from srat_tool.base.rawtable import OriginKind
from srat_tool.sources import ffs
from srat_tool.sources.tiano import EFI_STANDARD, TIANO
from tests.sources.samples import efi_compress, found_in, noise, reasons_in, slit, srat, tables_in

STORAGE = volume.ACPI_TABLE_STORAGE
UNKNOWN = uuid.UUID("00112233-4455-6677-8899-aabbccddeeff")


def image(*parts: bytes) -> bytes:
    """Return a volume of one file with these sections."""
    return volume.volume([volume.file(STORAGE, volume.sections(parts))])


def test_label_leads_to_the_table() -> None:
    """Volume, file and section are in the label; the origin is a firmware volume."""
    (table,) = found_in(image(volume.raw(srat()))).tables
    assert table.origin.label == f"input!volume@0x0/{STORAGE}/raw@0x0"
    assert table.origin.kind is OriginKind.FIRMWARE_VOLUME


def test_compression_sections() -> None:
    """EFI standard and Tiano sections hold sections."""
    inner = volume.raw(srat())
    head = struct.pack("<IB", len(inner), 1)
    assert tables_in(image(volume.section(1, head + efi_compress(inner, dialect=EFI_STANDARD))))
    guid = uuid.UUID("a31280ad-481e-41b6-95e8-127f4c984779")
    assert tables_in(image(volume.guided(guid, efi_compress(inner, dialect=TIANO)))) == [srat()]


def test_other_containers() -> None:
    """Disposable sections, unknown GUIDs that need no processing and freeform sections open."""
    parts = [
        volume.section(3, volume.raw(srat(1))),
        volume.guided(UNKNOWN, volume.raw(srat(2)), attributes=0),
        volume.section(0x18, UNKNOWN.bytes_le + srat(3)),
    ]
    assert tables_in(image(*parts)) == [srat(1), srat(2), srat(3)]


def test_volume_in_a_raw_file_and_behind_other_bytes() -> None:
    """A volume is found after a page that is none, and in a file without sections."""
    inner = volume.volume([volume.file(STORAGE, volume.raw(slit()))])
    outer = volume.volume([volume.file(UNKNOWN, inner, kind=0x01)])
    assert tables_in(noise(4096) + outer + image(volume.raw(srat()))) == [slit(), srat()]


def test_extended_header() -> None:
    """Files begin after the extended header."""
    whole = bytearray(image())
    extended = UNKNOWN.bytes_le + struct.pack("<I", 32) + bytes(12)
    whole[72:104] = extended
    file = volume.file(STORAGE, volume.raw(srat()))
    whole[104 : 104 + len(file)] = file
    whole[52:54] = struct.pack("<H", 72)
    assert tables_in(bytes(whole)) == [srat()]


@pytest.mark.parametrize(
    ("part", "why"),
    [
        (volume.guided(UNKNOWN, noise(40)), "packed in a way we do not know"),
        (volume.section(1, bytes(4) + b"\x09"), "unknown compression 9"),
        (volume.guided(volume.LZMA, b"\xff" * 40), "LZMA section: no LZMA header"),
        (b"\x03\0\0\x19" + noise(60), "damaged section header"),
    ],
)
def test_refusals_are_named_and_carved(part: bytes, why: str) -> None:
    """What cannot be opened is reported, and a table in it is still found."""
    assert why in reasons_in(image(part))
    longer = part + srat(checksum=0)
    size = len(longer) if part[:1] != b"\x03" else 3
    marked = size.to_bytes(3, "little") + longer[3:]
    (table,) = found_in(image(marked)).tables
    assert (table.data, table.origin.kind) == (srat(checksum=0), OriginKind.CARVED)


def test_unknown_file_system_and_damaged_files() -> None:
    """A volume of another kind and a file that does not fit are reported."""
    other = volume.volume([volume.file(STORAGE, volume.raw(srat()))], system=UNKNOWN)
    assert "unknown file system" in reasons_in(other)
    assert tables_in(other) == [srat()]
    damaged = bytearray(image(volume.raw(srat())))
    damaged[72 + 20 : 72 + 23] = b"\xff\xff\x7f"
    assert "damaged file header" in reasons_in(bytes(damaged))
    assert tables_in(bytes(damaged)) == [srat()]


def test_cut_and_boundless_volumes() -> None:
    """A volume longer than the image is read as far as it goes."""
    whole = bytearray(image(volume.raw(srat())))
    assert tables_in(bytes(whole[:600])) == [srat()]
    assert "is cut after 0x258" in reasons_in(bytes(whole[:600]))
    whole[32:40] = struct.pack("<Q", 1 << 63)
    assert tables_in(bytes(whole) + image(volume.raw(slit()))) == [srat(), slit()]


def test_depth_limit() -> None:
    """Nesting ends at the limit; what is stored plainly below is still carved."""
    deep = volume.raw(srat())
    for _ in range(200):
        deep = volume.crc32_checked(deep)
    assert "deeper than 16" in reasons_in(image(deep))
    assert tables_in(image(deep)) == [srat()]


def test_bomb_is_refused_by_what_it_promises() -> None:
    """A gigabyte of zeros is not unpacked."""
    bomb = bytearray(volume.lzma_packed(bytes(1 << 20)))
    bomb[24 + 5 : 24 + 13] = struct.pack("<Q", 1 << 30)
    assert "1G in one piece, 128M allowed; try --max-unpacked" in reasons_in(image(bytes(bomb)))


def test_budget_is_shared() -> None:
    """Many small bombs run into the same budget."""
    parts = [volume.lzma_packed(bytes(60_000)) for _ in range(40)]
    assert "left of 1M" in reasons_in(image(*parts), unpacked=1 << 20)


@given(data=st.data())
@settings(max_examples=120, derandomize=True, deadline=None)
def test_damaged_images_end(data: st.DataObject) -> None:
    """Flipped bytes and cuts end in tables or refusals."""
    packing = data.draw(st.sampled_from(["fv", "lzma", "crc32", "stored"]))
    whole = bytearray(volume.wrap([srat(), slit()], packing=packing))
    for _ in range(data.draw(st.integers(0, 8))):
        whole[data.draw(st.integers(0, 700))] = data.draw(st.integers(0, 255))
    found_in(bytes(whole[: data.draw(st.integers(0, len(whole)))]))


def test_marks_everywhere_are_not_summed_up_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """Headers of 64 KiB at every eighth byte cost what the image is long, not its square."""
    summed = 0
    true_sum = sum

    def counted(words: memoryview) -> int:
        nonlocal summed
        summed += len(words)
        return true_sum(words)

    monkeypatch.setattr(ffs, "sum", counted, raising=False)
    # Any header that begins here has a mark, a size of 0xfff0 bytes and revision 2 in its place.
    whole = (b"_FVH" + struct.pack("<I", 0x0200FFF0)) * (1 << 16)
    found = found_in(whole)
    assert 0 < summed < 2 * len(whole) + (1 << 20)
    assert any("more marks of volumes" in one.reason for one in found.refused)
    assert not found.tables
