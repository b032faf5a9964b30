"""Random machines with an HMAT, as specs: domains, initiators, ports, matrices, caches, damage."""

from __future__ import annotations

import random
from collections.abc import Iterator
from struct import pack
from typing import NamedTuple

from srat_tool.base.units import GIB, MIB

_DISTANCES = (11, 15, 20, 20, 21, 25, 30, 40)
_KINDS = (
    "access-latency", "read-latency", "write-latency",
    "access-bandwidth", "read-bandwidth", "write-bandwidth",
)  # fmt: skip
_USUAL = ((0, 3), (1, 2, 4, 5), (0, 4, 5), (0,), (3,), (1, 2, 3), (0, 3, 1), (0, 0, 3, 3), (3, 0))
_CACHES = (0x401111, 0x402221, 0x40000, 0x801112, 0x200311, 0x103232)


class _Domains(NamedTuple):
    """What is where; domains are numbers of proximity domains."""

    all: list[int]
    cpus: list[int]
    memory: list[int]
    hot: list[int]
    initiators: list[int]
    ports: list[int]


def hmat_machine(seed: int) -> str:
    """Return machine number `seed` as a spec; the same number gives the same machine."""
    rng = random.Random(seed)  # noqa: S311 - nothing secret here
    found = _domains(rng)
    srat = list(_srat(rng, found))
    if rng.random() < 0.3:
        rng.shuffle(srat)
    revision = rng.choice((2, 2, 2, 1))
    hmat = list(_hmat(rng, found, revision))
    if rng.random() < 0.3:
        rng.shuffle(hmat)
    if rng.random() < 0.03:
        revision = rng.choice((0, 3))
    options = ["numa=nohmat"] if rng.random() < 0.03 else []
    if rng.random() < 0.1:
        options.append("movable_node")
    return "\n".join(
        [
            "[srat]\nentries = '''", *srat, "'''",
            *_slit(rng, found),
            f"[hmat]\nrevision = {revision}\nentries = '''", *hmat, "'''",
            "[memory]\nram = ['0..640K', '1M..1G', '4G+2G']",
            f"[kernel]\ncmdline = '{' '.join(options)}'\n",
        ]
    )  # fmt: skip


def _domains(rng: random.Random) -> _Domains:
    count = rng.randint(2, 6)
    domains = rng.sample(range(12), count) if rng.random() < 0.6 else list(range(count))
    cpus = [domains[0], *domains[1 : 1 + (rng.random() < 0.6)]]
    if rng.random() < 0.15 and count > 3:
        cpus.append(domains[2])
    memory = [one for one in domains if rng.random() < 0.85 or one == domains[0]]
    if rng.random() < 0.15 and len(memory) > 1 and memory[1] in cpus:
        memory.remove(memory[1])
    if rng.random() < 0.1 and len(memory) > 1:
        memory.remove(memory[0])
    ports: list[int] = []
    if rng.random() < 0.4:
        ports = [
            rng.choice(domains) if rng.random() < 0.6 else 20 + number
            for number in range(rng.randint(1, 3))
        ]
    return _Domains(
        all=domains,
        cpus=cpus,
        memory=memory,
        hot=[one for one in domains if rng.random() < 0.25],
        initiators=[one for one in domains if one not in cpus and rng.random() < 0.3],
        ports=ports,
    )


def _srat(rng: random.Random, found: _Domains) -> Iterator[str]:
    for number, domain in enumerate(found.cpus):
        yield f"apic {domain} {number}"
    yield f"mem {found.memory[0]} 0..1G"
    cuts = sorted(rng.sample(range(1, 16), len(found.memory) - 1))
    for first, last, domain in zip([0, *cuts], [*cuts, 16], found.memory, strict=True):
        start, end = (4 * GIB + cut * 128 * MIB for cut in (first, last))
        yield f"mem {domain} {start:#x}..{end:#x}{rng.choice(('', '', '', ' hotplug'))}"
    for number, domain in enumerate(found.hot):
        yield f"mem {domain} {16 + 4 * number}G+2G hotplug"
    for domain in found.initiators:
        device = rng.choice(("pci:0000:00:08.0", "pci:0000:00:09.0", "acpi:ACPI0017:3"))
        yield f"initiator {domain} {device}{rng.choice(('', '', ' off'))}"
    for number, domain in enumerate(found.ports):
        uid = rng.choice((0, 12, number + 1))
        device = rng.choice(
            (f"acpi:ACPI0016:{uid}", "pci:0000:00:08.0", f"0:{'00' * 8}{uid:02x}000000")
        )
        yield f"port {domain} {device}{rng.choice(('', '', ' off'))}"


def _slit(rng: random.Random, found: _Domains) -> list[str]:
    if rng.random() < 0.25:
        return []
    size = max(found.all) + 1
    rows = [[10] * size for _ in range(size)]
    asymmetric = rng.random() < 0.4
    for row in range(size):
        for column in range(size):
            if row != column:
                given = rng.choice(_DISTANCES)
                rows[row][column] = given if asymmetric or column > row else rows[column][row]
    return ["[slit]\nmatrix = '''", *(" ".join(map(str, row)) for row in rows), "'''"]


def _hmat(rng: random.Random, found: _Domains, revision: int) -> Iterator[str]:
    targets = list(dict.fromkeys((*found.memory, *found.hot, *found.ports)))
    yield from _memory(rng, found, revision)
    starts = list(dict.fromkeys((*found.cpus, *found.initiators)))
    if rng.random() < 0.2:
        starts.append(rng.choice((*found.all, 31)))
    if rng.random() < 0.1:
        starts.append(starts[0])
    if rng.random() < 0.3:
        rng.shuffle(starts)
    ends = rng.sample(targets, len(targets))
    ends += [rng.choice(targets)] if rng.random() < 0.15 else []
    ends += [30] if rng.random() < 0.1 else []
    values = _Values(rng, found.cpus)
    for kind in rng.choice(_USUAL):
        use = [one for one in ends if rng.random() < 0.95] or ends
        flags = 0 if rng.random() < 0.93 else rng.choice((1, 2, 0x10, 0x30))
        base = (
            rng.choice((1000, 500, 1000))
            if kind < 3 and revision == 2
            else rng.choice((1, 10, 100))
        )
        numbers = [values.number(kind, target) for _ in starts for target in use]
        line = f"locality {_KINDS[kind]} {_list(starts)} {_list(use)} {_list(numbers)}"
        yield f"{line} entry_base_unit={base} flags={flags}"
    for domain in dict.fromkeys((*found.memory, *found.hot)):
        for level in range(rng.choice((0, 0, 0, 1, 1, 2))):
            attributes = rng.choice(_CACHES) & ~0xF0 | (level + 1) << 4
            mode = rng.choice(("", " address_mode=1"))
            size = rng.choice((256, 512, 1024))
            yield f"cache {domain} {size}M cache_attributes={attributes:#x}{mode}"
    yield from _damage(rng, found)


def _memory(rng: random.Random, found: _Domains, revision: int) -> Iterator[str]:
    style = rng.choice(("named", "unnamed", "mixed", "none"))
    valid = "" if revision == 2 else " flags=3"
    for domain in dict.fromkeys((*found.memory, *found.hot)):
        if style == "none" or rng.random() > 0.9:
            continue
        if style == "named" or (style == "mixed" and rng.random() < 0.5):
            yield f"memory {domain} {rng.choice((*found.cpus, *found.initiators))}{valid}"
        else:
            yield f"memory {domain} 0 unattached"


class _Values:
    """Entries of matrices: DRAM of processors is alike on most machines."""

    def __init__(self, rng: random.Random, cpus: list[int]) -> None:
        self._rng = rng
        self._cpus = cpus
        self._dram = rng.choice((10, 80, 100))
        self._alike = rng.random() < 0.75

    def number(self, kind: int, target: int) -> int:
        """Return an entry of a matrix of a data type."""
        choose = self._rng.choice
        if self._rng.random() < 0.05:
            return choose((0, 0xFFFF))
        latency, own = kind < 3, self._dram if kind < 3 else 1000
        if target in self._cpus:
            return own if self._alike else int(own * choose((1, 1.1, 0.9, 1.3, 0.85)))
        factors = (1, 2, 3, 0.5, 20, 1.05) if latency else (1, 0.5, 0.25, 2, 0.1, 1.05)
        return int(own * choose(factors))


def _damage(rng: random.Random, found: _Domains) -> Iterator[str]:
    """Yield structures that Linux passes over, and now and then one that drops the table."""
    domain = found.memory[0]
    odd = (
        _bytes(9, bytes(8)),
        _bytes(0, bytes(40)),
        _bytes(1, bytes(16)),
        _bytes(1, pack("<BBHIIIQ", 0, 0, 0, 2, 2, 0, 10)),
        _bytes(2, bytes(16)),
        _bytes(0, pack("<HHIIIQQ", 0, 0, 0, 40, 0, 0, 0)),
        "memory 40 0 unattached",
        f"memory {domain} 41",
        "cache 42 1G cache_attributes=0x401111",
        # A data type that is reserved.
        _bytes(1, pack("<BBHIIIQIIH", 0, 9, 0, 1, 1, 0, 10, domain, domain, 5)),
        # Entries whose product does not fit in 32 bits.
        f"locality access-latency {domain} {domain} 60000 entry_base_unit=100000",
        "bytes 0200000000000000",
    )
    for line in odd:
        if rng.random() < 0.012:
            yield line


def _bytes(kind: int, payload: bytes) -> str:
    return f"bytes {(pack('<HHI', kind, 0, 8 + len(payload)) + payload).hex()}"


def _list(numbers: list[int]) -> str:
    return ",".join(map(str, numbers))
