"""The worked examples next to this file: whole plans of small machines with known answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from srat_tool.base.rawtable import Origin, RawTable
from srat_tool.base.span import Span
from srat_tool.base.units import parse_size
from srat_tool.grammar.registry import encode
from srat_tool.plan.machine import Machine
from srat_tool.plan.pipeline import make_plan
from srat_tool.plan.plan import Plan
from srat_tool.tables.header import Header
from srat_tool.tables.memmap import MapEntry, MemoryMap, MemoryType
from srat_tool.tables.slit import Slit
from srat_tool.tables.srat import Affinity, GenericInitiatorAffinity, Srat
from tests.machines import INITRD, KERNEL, Q4, cpu, mem, srat

EXAMPLES = Path(__file__).with_name("worked_examples.txt")
Lines = list[tuple[str, str]]


def _examples() -> list[tuple[str, Lines]]:
    examples: list[tuple[str, Lines]] = []
    for line in EXAMPLES.read_text().splitlines():
        word, _, rest = line.partition(" ")
        if word == "example":
            examples.append((rest, []))
        elif word and word != "#":
            examples[-1][1].append((word, rest))
    return examples


def _address(text: str) -> int:
    """Read `5G-1M` or `4G+0x1234`."""
    terms = re.split(r"(?=[+-])", text)
    return sum(-parse_size(t[1:]) if t[0] == "-" else parse_size(t.lstrip("+")) for t in terms)


def _span(text: str) -> Span:
    start, end = text.split("..")
    return Span(_address(start), _address(end))


def _all(lines: Lines, word: str) -> list[str]:
    return [rest for what, rest in lines if what == word]


def _one(lines: Lines, word: str, default: str) -> str:
    return next(iter(_all(lines, word)), default)


def _processor(word: str) -> Affinity:
    kind, *rest = word.split(":")
    if kind != "initiator":
        return cpu(int(kind), int(rest[0]))
    enabled = int("disabled" not in rest)
    return GenericInitiatorAffinity(0, 5, 32, 0, 0, int(rest[0]), bytes(16), enabled, 0)


def _memory(words: list[str]) -> Affinity:
    return mem(int(words[0], 0), *_span(words[1]), hot="H" in words)


def _lengths(data: bytearray, table: Srat, lines: Lines) -> bytes:
    """Write wrong lengths into entries; a short entry really ends there, if it is the last one."""
    for text, entry in zip(_all(lines, "srat"), table.memory, strict=True):
        _, wrong, length = text.partition("length=")
        if wrong:
            data[entry.offset + 1] = int(length)
            end = entry.offset + (int(length) or entry.length)
            data[4:8] = end.to_bytes(4, "little")
            del data[end:]
    return bytes(data)


def _tables(lines: Lines) -> Iterator[RawTable]:
    memory = [_memory(text.split()) for text in _all(lines, "srat")]
    if memory:
        processors = _one(lines, "cpus", "0:0 0:1 1:2 1:3").split()
        entries = (*(_processor(word) for word in processors), *memory)
        table = srat(*entries, revision=int(_one(lines, "revision", "3")))
        data = _lengths(bytearray(encode(table)), table, lines)
        yield RawTable(origin=Origin(path="SRAT"), data=data)
    matrix = bytes(int(word) for word in _one(lines, "slit", "").split())
    if matrix:
        side = int(len(matrix) ** 0.5)
        size = 44 + len(matrix)
        header = Header(b"SLIT", size, 1, 0, b"", b"", 0, b"", 0)
        slit = Slit(header=header, localities=side, entries=matrix, tail=b"", size=size)
        yield RawTable(origin=Origin(path="SLIT"), data=encode(slit))


def _machine(lines: Lines) -> Machine:
    given = [_span(word) for word in _one(lines, "ram", "").split()]
    spans = given or list(Q4)
    return Machine(
        tables=tuple(_tables(lines)),
        memory_map=MemoryMap(
            entries=tuple(MapEntry(*span, MemoryType.RAM) for span in spans),
            mirrored=tuple(_span(word) for word in _one(lines, "mirrored", "").split()),
        ),
        kernel_image=_span(_one(lines, "image", f"{KERNEL.start}..{KERNEL.end}")),
        initrd=INITRD,
        command_line=f"nokaslr {_one(lines, 'cmdline', '')}",
        profile=_one(lines, "kernel", "6.1"),
    )


def _check_log(plan: Plan, lines: Lines) -> None:
    rest = iter(plan.log)
    for wanted in _all(lines, "log"):
        line = f"{wanted[:-1]} " if wanted.endswith("_") else wanted
        assert line in rest, wanted
    for unwanted in _all(lines, "none"):
        assert not [line for line in plan.log if line.startswith(unwanted)], unwanted


def _check_zones(plan: Plan, lines: Lines) -> None:
    told: dict[int, list[tuple[object, ...]]] = {}
    for text in _all(lines, "zone"):
        node, name, *numbers = text.split()
        told.setdefault(int(node), []).append((name, *map(int, numbers)))
    for nid, zones in told.items():
        assert zones == [
            (zone.name, zone.start_pfn, zone.spanned_pages, zone.present_pages)
            for zone in plan.zones
            if zone.nid == nid
        ]


def _check_regions(plan: Plan, lines: Lines) -> None:
    for word, regions in (("memory", plan.memory), ("reserved", plan.reserved)):
        found = {(r.start, r.end, r.nid, *r.flags) for r in regions}
        for text in _all(lines, word):
            where, node, *flags = text.split()
            assert (*_span(where), int(node), *flags) in found, text


@pytest.mark.parametrize("lines", [pytest.param(lines, id=name) for name, lines in _examples()])
def test_worked_example(lines: Lines) -> None:
    """Log lines, zones, regions, distances and deaths are those of the example."""
    plan = make_plan(_machine(lines))
    crash = _one(lines, "crash", "")
    assert bool(plan.crash) is bool(crash), plan.crash
    assert crash in (plan.crash or "")
    _check_log(plan, lines)
    _check_zones(plan, lines)
    _check_regions(plan, lines)
    matrix = dict(zip(plan.distances.nids, plan.distances.matrix, strict=True))
    for text in _all(lines, "distance"):
        origin, target, distance = map(int, text.split())
        assert matrix[origin][plan.distances.nids.index(target)] == distance


def test_the_file_holds_all_thirteen() -> None:
    """E1 to E13, each at least once."""
    numbers = {int(re.match(r"E(\d+)", name)[1]) for name, _ in _examples()}  # type: ignore[index]
    assert numbers == set(range(1, 14))
