"""From bytes to a spec and back."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srat_tool.authoring.assemble import assemble
from srat_tool.authoring.decompile import decompile
from srat_tool.authoring.spec import KernelSpec, parse_spec
from srat_tool.base.span import Span
from srat_tool.observe.bootlog import Reservation
from srat_tool.sources.examples import example_files
from srat_tool.tables.memmap import MapEntry, MemoryMap
from tests.support import corpus_tables, needs_corpus

SPECS = sorted(example_files().values())
SAMPLES = [
    table.data for path in SPECS for table in assemble(parse_spec(path.read_text(), path.name))
]


def again(data: bytes) -> bytes:
    """Return what the table's spec builds."""
    (table,) = assemble(parse_spec(decompile([data])))
    return table.data


@needs_corpus
@pytest.mark.corpus
@pytest.mark.parametrize("path", corpus_tables(), ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_real_tables_come_back(path: Path) -> None:
    """Table to spec to table is the identity, and the spec is short."""
    data = path.read_bytes()
    assert again(data) == data


@needs_corpus
@pytest.mark.corpus
def test_specs_of_real_tables_are_short() -> None:
    """Over the corpus a spec takes fewer characters than the table has bytes."""
    tables = [path.read_bytes() for path in corpus_tables()]
    assert sum(len(decompile([data])) for data in tables) < sum(len(data) for data in tables)


def damage(data: bytes, hits: list[tuple[int, int]], cut: int) -> bytes:
    """Return `data` with some bytes written over, and cut."""
    broken = bytearray(data)
    for place, value in hits:
        broken[place % len(broken)] = value
    return bytes(broken[: len(broken) - cut % (len(broken) + 1)])


HITS = st.lists(st.tuples(st.integers(0, 1 << 16), st.integers(0, 255)), max_size=8)


@given(st.sampled_from(SAMPLES), HITS, st.one_of(st.just(0), st.integers(0, 1 << 16)))
@settings(max_examples=200, derandomize=True, deadline=None)
def test_damaged_tables_come_back(data: bytes, hits: list[tuple[int, int]], cut: int) -> None:
    """Whatever happened to a table, its spec builds exactly the same bytes."""
    broken = damage(data, hits, cut)
    assert again(broken) == broken


@needs_corpus
@pytest.mark.corpus
@given(st.data(), HITS, st.one_of(st.just(0), st.integers(0, 1 << 16)))
@settings(max_examples=200, derandomize=True, deadline=None)
def test_damaged_real_tables_come_back(
    draw: st.DataObject, hits: list[tuple[int, int]], cut: int
) -> None:
    """The same for the corpus, whose tables are not as tidy as ours."""
    broken = damage(draw.draw(st.sampled_from(corpus_tables())).read_bytes(), hits, cut)
    assert again(broken) == broken


@given(st.binary(max_size=200), st.sampled_from([b"SRAT", b"SLIT", b"APIC", b""]))
@settings(max_examples=200, derandomize=True, deadline=None)
def test_any_bytes_come_back(data: bytes, signature: bytes) -> None:
    """Bytes that never were a table come back as well."""
    assert again(signature + data) == signature + data


def test_the_machine_comes_back() -> None:
    """Memory map, kernel and command line are part of the spec."""
    memory = MemoryMap(
        entries=(
            MapEntry(0, 0x9FC00, 1),
            MapEntry(1 << 20, 1 << 32, 1),
            MapEntry(1 << 33, 1 << 34, 20),
        ),
        mirrored=(Span(0, 1 << 20),),
    )
    kernel = KernelSpec(
        version="6.1",
        image=Span(1 << 24, 3 << 24),
        initrd=Span(1 << 30, 0x40001234),
        cmdline='quiet a="b c"',
        reserve=(Reservation(Span(0, 4096), "first page"),),
        config={"NODES_SHIFT": "6"},
    )
    spec = parse_spec(decompile(SAMPLES[:1], memory, kernel, 'a "title" \x1b'))
    assert spec.title == 'a "title" \x1b'
    assert spec.kernel == kernel
    assert spec.memory is not None
    assert spec.memory.entries == memory.entries
    assert spec.memory.mirrored == memory.mirrored
    assert assemble(spec)[0].data == SAMPLES[0]
