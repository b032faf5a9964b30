"""Volumes as we write them, read by ourselves; other readers judge them in `peers`."""

from __future__ import annotations

import pytest

from srat_tool.authoring.volume import FFS3, file, raw, section, volume, wrap
from tests.sources.samples import slit, srat, tables_in


@pytest.mark.parametrize("packing", ["fv", "lzma", "lzma-x86", "crc32", "stored"])
@pytest.mark.parametrize("nested", [1, 3])
def test_wrapped_tables_come_back(packing: str, nested: int) -> None:
    """Every packing gives back the tables, however deep."""
    image = wrap([srat(checksum=0), slit()], packing=packing, nested=nested)
    assert tables_in(image) == [srat(checksum=0), slit()]


def test_header_checksums() -> None:
    """Sums of the volume's words and of a file's header are zero, as specified."""
    image = volume([file(FFS3, raw(srat()))])
    words = memoryview(image[:72]).cast("H")
    assert sum(words) & 0xFFFF == 0
    head = bytearray(image[72:96])
    head[17] = head[23] = 0
    assert sum(head) & 0xFF == 0


def test_large_files_and_sections() -> None:
    """Sixteen MiB and more need the long headers."""
    body = section(0x10, b"MZ" + bytes(1 << 24))
    image = volume([file(FFS3, body + raw(srat()))], system=FFS3)
    assert tables_in(image) == [srat()]
