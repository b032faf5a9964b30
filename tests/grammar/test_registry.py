"""The registry: every table there is, whole, cut and damaged, survives decode and encode."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srat_tool.base.rawtable import Origin, RawTable
from srat_tool.grammar.derive import parse
from srat_tool.grammar.registry import CODECS, decode, encode, first_table
from srat_tool.tables.header import HEADER_SIZE, OpaqueTable
from srat_tool.tables.kind import Kind
from srat_tool.tables.kinds import KINDS
from srat_tool.tables.slit import Slit
from srat_tool.tables.srat import Srat
from tests.support import corpus_tables, needs_corpus

SIGNATURES = sorted(CODECS)


def _damaged(data: bytes, times: int) -> list[bytes]:
    """Return the table cut at several places, and with a few bytes overwritten."""
    dice = random.Random(len(data))  # noqa: S311 - repeatable damage, no secret
    results = [data[: dice.randrange(len(data) + 1)] for _ in range(times)]
    for _ in range(times):
        changed = bytearray(data)
        for _ in range(dice.randrange(1, 6)):
            changed[dice.randrange(len(changed))] = dice.choice((0, 1, 2, 255, dice.randrange(256)))
        results.append(bytes(changed))
    return results


@needs_corpus
@pytest.mark.corpus
def test_every_corpus_table_round_trips() -> None:
    """Decoding and encoding gives back the same bytes for each table, whole, cut or damaged."""
    tables: list[Path] = corpus_tables()
    assert tables
    for path in tables:
        data = path.read_bytes()
        for variant in (data, *_damaged(data, 12)):
            assert encode(decode(variant).table) == variant, path


@needs_corpus
@pytest.mark.corpus
@pytest.mark.parametrize("signature", [name for name in SIGNATURES if CODECS[name].family])
def test_packed_form_equals_construct_on_every_structure(signature: bytes) -> None:
    """The derived fast path and the declaration agree on each sound structure of the corpus."""
    family = CODECS[signature].family
    assert family is not None
    seen = set()
    for path in corpus_tables():
        data = path.read_bytes()
        table = decode(data).table
        if data[:4] != signature or isinstance(table, OpaqueTable | Slit):
            continue
        for entry in table.entries:
            layout = family.layouts.get(entry.type)
            stop = entry.offset + entry.length
            if layout is None or stop > len(data) or entry.length not in layout.wanted(entry):
                continue
            seen.add(entry.type)
            if not layout.editions or entry.length == layout.size:
                assert entry == parse(layout.make, data, entry.offset), path
            else:
                known = layout.fields[: sum(item is not None for item in entry[1:-1])]
                declared = parse(layout.make, data + bytes(88), entry.offset)
                assert _fields(declared, known) == _fields(entry, known)
    assert seen


def _fields(entry: Any, names: tuple[str, ...]) -> list[Any]:
    return [getattr(entry, name) for name in names]


@pytest.mark.parametrize("signature", [*SIGNATURES, b"XXXX", b""])
@given(body=st.binary(max_size=400))
@settings(max_examples=60, derandomize=True, deadline=None)
def test_any_bytes_round_trip(signature: bytes, body: bytes) -> None:
    """Whatever follows a signature comes back from encode, and nothing raises."""
    data = signature + body
    assert encode(decode(data).table) == data


@pytest.mark.parametrize("signature", SIGNATURES)
@given(data=st.data())
@settings(max_examples=60, derandomize=True, deadline=None)
def test_plausible_structures_round_trip(signature: bytes, data: st.DataObject) -> None:
    """Small numbers in place of types, lengths and counts reach every branch of the walk."""
    small = st.integers(0, 40).map(lambda n: n.to_bytes(2, "little"))
    body = b"".join(data.draw(st.lists(st.one_of(small, st.binary(max_size=3)), max_size=150)))
    table = signature + body
    assert encode(decode(table).table) == table


def test_defects_point_into_the_table() -> None:
    """Each defect's offset is inside the bytes, or right after them."""
    for signature in SIGNATURES:
        data = signature + bytes(range(1, 200))
        decoded = decode(data)
        assert decoded.defects
        assert all(0 <= defect.offset <= len(data) for defect in decoded.defects)


def test_the_signature_picks_the_codec() -> None:
    """A known signature gives its own class, any other one header and body."""
    assert isinstance(decode(b"SRAT").table, Srat)
    assert isinstance(decode(b"FACP").table, OpaqueTable)


def test_the_first_table_of_a_class() -> None:
    """The first with its signature, decoded; None where there is none."""
    raws = [
        RawTable(Origin("x"), name + bytes(60)) for name in (b"FACP", b"SLIT", b"SRAT", b"SRAT")
    ]
    raws[2] = raws[2]._replace(data=raws[2].data + b"!")
    srat, slit = first_table(raws, Srat), first_table(raws, Slit)
    assert isinstance(srat, Srat)
    assert isinstance(slit, Slit)
    assert srat.size == 65
    assert first_table(raws[:1], Srat) is None


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_fixed_part_is_as_long_as_its_row_declares(kind: Kind) -> None:
    """Sources look for structures after it, and the grammar reads them from there."""
    fixed = CODECS[kind.signature].fixed
    assert fixed is not None
    assert HEADER_SIZE + fixed.size == kind.fixed_size


def test_grammars_are_imported_late() -> None:
    """Knowing which signatures there are takes no grammar; decoding takes that of the table."""
    code = (
        "import sys; from srat_tool.grammar.registry import CODECS, decode; b'SRAT' in CODECS;"
        "decode(b'SLIT'); names = ('grammar.msct', 'grammar.slit', 'tables.hmat', 'tables.slit',"
        "'tables.srat'); print(*(n for n in names if f'srat_tool.{n}' in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "grammar.slit tables.slit\n"
