"""Tables that replace the firmware's."""

from __future__ import annotations

from pathlib import Path

import pytest

from srat_tool.authoring.assemble import assemble
from srat_tool.authoring.override import override_archive, upgraded
from srat_tool.authoring.spec import parse_spec
from srat_tool.base.errors import SpecError
from srat_tool.grammar.header import decode_header
from srat_tool.sources.detect import read_inputs


def build(text: str) -> bytes:
    """Return the only table of a spec."""
    return assemble(parse_spec(text))[0].data


SRAT = build("[srat]\noem = ['AB', 'CD', 7]\nchecksum = 0\nentries = 'mem 0 0+1G'")


def test_the_revision_is_raised_and_the_checksum_right() -> None:
    """Nothing else changes."""
    data = upgraded(SRAT)
    assert decode_header(data).oem_revision == 8
    assert sum(data) % 256 == 0
    assert data[36:] == SRAT[36:]
    assert data[:9] == SRAT[:9]


def test_ids_of_the_replaced_table() -> None:
    """With the machine's own header the ids are its, and the revision is above both."""
    own = decode_header(build("[srat]\noem = ['ALASKA', 'A M I ', 0x20]"))
    header = decode_header(upgraded(SRAT, own))
    assert (header.oem_id, header.oem_table_id) == (own.oem_id, own.oem_table_id)
    assert header.oem_revision == 0x21


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (SRAT + b"\0", "header length is not its size"),
        (build("[[table]]\nsignature = 'ABCD'"), "takes no such table"),
        (build("[srat]\noem = ['A', 'B', 0xffffffff]"), "cannot be raised"),
    ],
)
def test_what_the_kernel_would_drop(data: bytes, message: str) -> None:
    """A table that would silently be ignored is refused with the reason."""
    with pytest.raises(SpecError, match=message):
        upgraded(data)


def test_too_many() -> None:
    """The kernel takes 64 tables, no more."""
    with pytest.raises(SpecError, match="too many"):
        override_archive([SRAT] * 65)


def test_the_archive_reads_back(tmp_path: Path) -> None:
    """What is written is what an initrd is searched for, in the same order."""
    slit = build("[slit]\nmatrix = '10'")
    path = tmp_path / "acpi.cpio"
    path.write_bytes(override_archive([SRAT, slit]))
    assert [table.data for table in read_inputs([str(path)]).tables] == [SRAT, slit]
