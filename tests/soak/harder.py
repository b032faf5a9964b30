"""What makes a random machine harder: each twist is of a kind that broke a plan, or could."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from srat_tool.authoring.runs import write_range
from srat_tool.base.span import Span
from srat_tool.base.units import GIB, KIB, MIB
from tests.soak.machines import RandomMachine

Twist = Callable[[random.Random, RandomMachine], RandomMachine]
_MAX_DOMAINS = 64
_CORES = (
    "309M",
    "796M",
    "0x248dc27c",
    "3634000K",
    "68%",
    "1%",
    "-1",
    "1T",
    "0.5G",
    "junk",
    "",
    "7p",
)


def harder(rng: random.Random, machine: RandomMachine) -> RandomMachine:
    """Apply a few twists."""
    for twist in rng.sample(_TWISTS, rng.choice((1, 1, 2, 3))):
        machine = twist(rng, machine)
    return machine


def _option(rng: random.Random, machine: RandomMachine, *texts: str) -> RandomMachine:
    options = list(machine.options)
    for text in texts:
        options.insert(rng.randrange(len(options) + 1), text)
    return replace(machine, options=tuple(options))


def _many_domains(rng: random.Random, machine: RandomMachine) -> RandomMachine:
    """RAM in many pieces, in the order of addresses or not; the table is a new one."""
    count = rng.choice((8, 13, 20, 33, 50, _MAX_DOMAINS))
    domains = list(range(count))
    if rng.random() < 0.4:
        rng.shuffle(domains)
    step = rng.choice((4 * KIB, 64 * KIB, 2 * MIB, 16 * MIB, 128 * MIB))
    entries = [f"apic {domain} {at}" for at, domain in enumerate(domains) if rng.random() < 0.6]
    hot = rng.random() < 0.5
    for span in (Span(0, machine.ram[-1].end),) if rng.random() < 0.3 else machine.ram:
        cuts = {span.start + rng.randrange(span.size) // step * step for _ in range(count)}
        borders = sorted({span.start, *cuts, span.end})
        borders = [at for at in borders if span.start <= at <= span.end]
        for at, (start, end) in enumerate(pairwise(borders)):
            domain = domains[at % count] if rng.random() < 0.8 else rng.choice(domains)
            word = " hotplug" if hot and rng.random() < 0.5 else ""
            entries.append(f"mem {domain} {write_range(Span(start, end))}{word}")
    return replace(machine, entries=tuple(entries), matrix=())


def _again(rng: random.Random, machine: RandomMachine) -> RandomMachine:
    """A range of memory once more: within it, across its end, or around it; of any domain."""
    memory = [entry for entry in machine.entries if entry.startswith("mem ")]
    if not memory:
        return machine
    start = rng.randrange(machine.ram[-1].end >> 20) << 20
    size = rng.choice((4 * KIB, MIB, 100 * MIB, GIB, 3 * GIB))
    domain = rng.choice(memory).split()[1] if rng.random() < 0.7 else str(rng.randrange(6))
    word = " hotplug" if rng.random() < 0.4 else ""
    line = f"mem {domain} {write_range(Span(start, start + size))}{word}"
    return _with_entry(rng, machine, line)


def _with_entry(rng: random.Random, machine: RandomMachine, line: str) -> RandomMachine:
    at = rng.randrange(len(machine.entries) + 1)
    return replace(machine, entries=(*machine.entries[:at], line, *machine.entries[at:]))


def _odd_entry(rng: random.Random, machine: RandomMachine) -> RandomMachine:
    lines = (
        f"mem {rng.randrange(4)} 0xfffffffff0000000+{rng.choice((64, 256, 512))}M",
        f"mem {rng.randrange(4)} 0xffffffff00000000+4G hotplug",
        f"mem {rng.choice((1023, 1024, 4095, 0x10001, 0xFFFFFFFF))} 0+1M",
        f"mem {rng.randrange(4)} 1M+1M length={rng.choice((16, 24, 39, 41, 48))}",
        f"apic {rng.choice((255, 256, 70000))} {rng.randrange(4)}",
        f"x2apic {rng.randrange(4)} {rng.choice((254, 255, 300, 100000, 0xFFFFFFFF))}",
        f"apic {rng.randrange(4)} {rng.randrange(3)} length={rng.choice((8, 15, 17, 20))}",
        f"initiator {rng.randrange(9)} pci:0000:00:01.0",
        f"gicc {rng.randrange(4)} 0",
    )
    return _with_entry(rng, machine, rng.choice(lines))


def _cores(rng: random.Random, machine: RandomMachine) -> RandomMachine:
    options = [f"{rng.choice(('kernelcore', 'movablecore'))}={rng.choice(_CORES)}"]
    if rng.random() < 0.5:
        options.append(f"{rng.choice(('kernelcore', 'movablecore'))}={rng.choice(_CORES)}")
    return _option(rng, machine, *options)


def _spelling(rng: random.Random, machine: RandomMachine) -> RandomMachine:
    words = (
        "movable-node", "movable_node=0", "Movable_Node", "movable_node,", "'movable_node'",
        "kernelcore=mirror,1G", "kernelcore=1G,mirror", "kernelcore=Mirror", "numa=off,noacpi",
        "mem=nopentium", "mem=1G mem=2G", "memmap=512M", "memmap=64M$1G,32M$2G", "acpi=force",
        "acpi_force_table_verification", "nogbpages", "memhp_default_state=online_movable",
        "-- movable_node", "numa=fake", "acpi=noirq", "noapic", "numa_balancing=disable",
        "swiotlb=65536", "hugetlb_cma=256M", "cma=64M@1G", "hugepagesz=2M hugepages=64",
        "efi=noruntime", "nosmp", "nr_cpus=1", "page_owner=on", "no5lvl",
    )  # fmt: skip
    return _option(rng, machine, rng.choice(words))


def _map_edit(rng: random.Random, machine: RandomMachine) -> RandomMachine:
    """`memmap=`: reserved, ACPI or persistent, at an odd place; or a change of types."""
    end = machine.ram[-1].end
    unit = rng.choice((1, 4 * KIB, MIB))
    at = rng.randrange(300 * MIB, end) // unit * unit
    size = rng.choice((rng.randrange(1, 400000), rng.randrange(1, 300) * KIB))
    kind = rng.choice("$$##!%")
    if kind == "%":
        text = f"memmap={size}K%{at:#x}-1+{rng.choice((2, 3, 7, 12))}"
    else:
        text = f"memmap={size}K{kind}{at:#x}"
    return _option(rng, machine, text)


def _limit(rng: random.Random, machine: RandomMachine) -> RandomMachine:
    return _option(rng, machine, f"mem={rng.randrange(600, (machine.ram[-1].end >> 20) + 900)}M")


def _fakes(rng: random.Random, machine: RandomMachine) -> RandomMachine:
    words = ("1", "2", "3", "4", "7", "16", "64", "1U", "2U", "3U", "256M", "1G", "700M", "0", "1K")
    return _option(rng, machine, f"numa=fake={rng.choice(words)}")


def _crash_kernel(rng: random.Random, machine: RandomMachine) -> RandomMachine:
    words = (
        "64M", "256M", "1G", "64M@512M", "128M@4G", "512M,high", "256M,high crashkernel=64M,low",
        "1G-4G:64M,4G-:256M", "0-2G:32M,2G-64G:192M", "10G", "0", "128M,low",
    )  # fmt: skip
    return _option(rng, machine, f"crashkernel={rng.choice(words)}")


def _windows(rng: random.Random, machine: RandomMachine) -> RandomMachine:
    """CXL windows: past RAM, over it, next to it, twice."""
    end = -(-machine.ram[-1].end // (256 * MIB)) * 256 * MIB
    lines = []
    for at in range(rng.choice((1, 1, 2, 3))):
        start = rng.choice((end, end + 4 * GIB, 2 * GIB, 4 * GIB, 5 * GIB, end + at * GIB))
        size = rng.choice((256 * MIB, GIB, 2 * GIB, 8 * GIB))
        lines.append(f"window {write_range(Span(start, start + size))} {at} type3 volatile")
    if rng.random() < 0.3:
        lines.append(lines[0])
    return replace(machine, sections=("[cedt]\nentries = '''", *lines, "'''\n"))


def _revision(rng: random.Random, machine: RandomMachine) -> RandomMachine:
    return replace(machine, revision=rng.choice((0, 1, 2, 3, 4, 255)))


def _random_base(_rng: random.Random, machine: RandomMachine) -> RandomMachine:
    return replace(machine, random_base=True)


def _small_pages(_rng: random.Random, machine: RandomMachine) -> RandomMachine:
    return replace(machine, cpu="max,pdpe1gb=off")


def _efi(_rng: random.Random, machine: RandomMachine) -> RandomMachine:
    return replace(machine, efi=True)


_TWISTS: tuple[Twist, ...] = (
    _many_domains, _many_domains, _again, _again, _odd_entry, _odd_entry, _cores, _cores, _spelling,
    _spelling, _map_edit, _map_edit, _map_edit, _limit, _fakes, _crash_kernel, _windows, _windows,
    _revision, _random_base, _small_pages, _efi,
)  # fmt: skip
