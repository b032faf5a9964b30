"""Records keep every bit: the bytes can be written again from them."""

from __future__ import annotations

import json
import random
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srat_tool.base.rawtable import Origin, RawTable
from srat_tool.grammar.registry import CODECS, decode
from srat_tool.render.inspect.as_json import write_json
from srat_tool.render.inspect.record import Inspected, checksum_ok, entry_record, table_record
from tests.render.inspect.rebuild import rebuild
from tests.support import corpus_tables, needs_corpus, table_bytes


def inspected(data: bytes) -> Inspected:
    """Return a table as `inspect` sees it."""
    return Inspected(RawTable(origin=Origin(path="here"), data=data), decode(data))


def _through_json(data: bytes) -> bytes:
    document = json.loads("".join(write_json([inspected(data)])))
    assert document["schema"] == "srattool.inspect/1"
    return rebuild(document["tables"][0])


@needs_corpus
@pytest.mark.corpus
def test_every_corpus_table_comes_back_from_its_json() -> None:
    """Whole, cut and damaged."""
    dice = random.Random(7)  # noqa: S311 - repeatable damage, no secret
    for path in corpus_tables():
        data = path.read_bytes()
        changed = bytearray(data)
        for _ in range(4):
            changed[dice.randrange(len(changed))] = dice.choice((0, 1, 255))
        for variant in (data, data[: dice.randrange(len(data))], bytes(changed)):
            assert _through_json(variant) == variant, path


@pytest.mark.parametrize("signature", [*sorted(CODECS), b"XXXX"])
@given(data=st.data())
@settings(max_examples=40, derandomize=True, deadline=None)
def test_any_bytes_come_back_from_their_json(signature: bytes, data: st.DataObject) -> None:
    """Small numbers in place of types, lengths and counts, and anything between."""
    small = st.integers(0, 40).map(lambda n: n.to_bytes(2, "little"))
    body = b"".join(data.draw(st.lists(st.one_of(small, st.binary(max_size=3)), max_size=120)))
    assert _through_json(signature + body) == signature + body


def test_wide_numbers_stand_in_hexadecimal_too() -> None:
    """A reader whose numbers are doubles loses no address."""
    memory = struct.pack("<BBIHQQIIQ", 1, 40, 3, 0, (1 << 63) + 1, 4096, 0, 3, 0)
    shown = inspected(table_bytes(b"SRAT", struct.pack("<IQ", 1, 0) + memory))
    record = entry_record(shown.entries[0], shown)
    assert record["base_address"] == (1 << 63) + 1
    assert record["base_address_hex"] == "0x8000000000000001"
    assert record["flags_names"] == ["enabled", "hot_pluggable"]
    assert record["offset"] == 48


def test_the_domain_is_that_of_the_revision() -> None:
    """The raw field stays as it is; `domain` has eight bits in revision 1."""
    memory = struct.pack("<BBIHQQIIQ", 1, 40, 0x103, 0, 0, 4096, 0, 1, 0)
    shown = inspected(table_bytes(b"SRAT", struct.pack("<IQ", 1, 0) + memory, revision=1))
    record = entry_record(shown.entries[0], shown)
    assert (record["proximity_domain"], record["domain"]) == (0x103, 3)


def test_ids_are_text_and_hexadecimal() -> None:
    """An id that is no text is readable and exact."""
    data = bytearray(table_bytes(b"FACP", b""))
    data[10:16] = b"\x1b[31m\0"
    record = table_record(0, inspected(bytes(data)))
    assert record["header"]["oem_id"] == "\\x1b[31m"
    assert record["header"]["oem_id_hex"] == "1b5b33316d00"
    assert record["header"]["checksum_ok"] is False


def test_a_cut_table_has_no_good_checksum() -> None:
    """Bytes that are not there cannot add up."""
    assert checksum_ok(inspected(table_bytes(b"FACP", b"body")))
    assert not checksum_ok(inspected(table_bytes(b"FACP", b"body")[:-1]))
