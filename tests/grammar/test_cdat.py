"""CDATs, sound and damaged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srat_tool.grammar.cdat import CDAT_STRUCTURES, decode_cdat, encode_cdat
from srat_tool.grammar.derive import parse
from srat_tool.tables.cdat import Dslbis, Dsmas, Sslbis
from srat_tool.tables.defect import DefectKind
from tests.cdats import cdat_bytes, dsmas, usual

SWITCH = bytes((5, 0, 32, 0, 1, 0, 0, 0)) + (1000).to_bytes(8, "little") + bytes(range(16))


def test_a_sound_table() -> None:
    """A range and four numbers, nothing malformed."""
    found = decode_cdat(usual())
    assert [type(entry) for entry in found.table.entries] == [Dsmas, *[Dslbis] * 4]
    assert found.defects == ()
    assert found.table.sums_up


def test_switches() -> None:
    """Entries are counted by the length."""
    (entry,) = decode_cdat(cdat_bytes(SWITCH)).table.entries
    assert isinstance(entry, Sslbis)
    assert len(entry.entries) == 8


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (usual()[:5], DefectKind.TOO_SHORT_FOR_HEADER),
        (usual()[:-8], DefectKind.LENGTH_EXCEEDS_FILE),
        (usual() + b"\0", DefectKind.TRAILING_BYTES),
        (usual()[:-1] + b"\1", DefectKind.BAD_CHECKSUM),
        (cdat_bytes(bytes(4)), DefectKind.ZERO_LENGTH),
        (cdat_bytes(bytes((9, 0, 4, 0))), DefectKind.UNKNOWN_TYPE),
        (cdat_bytes(dsmas()[:2] + b"\x0c\0" + dsmas()[4:12]), DefectKind.TOO_SHORT),
    ],
)
def test_damage_is_a_defect(data: bytes, kind: DefectKind) -> None:
    """Each kind is named with its place."""
    assert kind in {defect.kind for defect in decode_cdat(data).defects}


@given(st.binary(max_size=200))
def test_any_bytes_are_kept(data: bytes) -> None:
    """Encoding gives the bytes back, whatever they are."""
    assert encode_cdat(decode_cdat(data).table) == data


@given(st.binary(min_size=24, max_size=24), st.sampled_from(sorted(CDAT_STRUCTURES.layouts)))
def test_the_packed_form_is_the_declaration(data: bytes, kind: int) -> None:
    """construct and the packed form read the same flat fields."""
    layout = CDAT_STRUCTURES.layouts[kind]
    if not layout.runs:
        assert parse(layout.make, data, 0) == layout.decode(data, 0)
