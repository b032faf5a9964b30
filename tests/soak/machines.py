"""Random machines and boot options, as parts that can be left out one by one."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from srat_tool.authoring.board_guest import board_ram
from srat_tool.authoring.runs import write_range
from srat_tool.base.architecture import E820_ARCHITECTURE, Architecture
from srat_tool.base.span import Span, subtract
from srat_tool.base.units import GIB, KIB, MIB

_LOW_ENDS = (512 * MIB, GIB, 1536 * MIB, 2 * GIB, 2560 * MIB, 3 * GIB)
_HIGH_SIZES = (0, 0, 512 * MIB, GIB, 2 * GIB, 3 * GIB, 6 * GIB, 13 * GIB, 40 * GIB)
# RAM of boards without a hole below 4 GiB.
_SIZES = (GIB, 1536 * MIB, 2 * GIB, 3 * GIB, 4 * GIB)
_FLASH = Span(64 * MIB, 128 * MIB)
"""What EDK II calls memory on the virt board of arm64."""
_PROCESSORS = {0: "apic", 2: "x2apic", 3: "gicc", 7: "rintc"}
"""The word of a spec for each type of processor entry."""
_FEW = 3
_STEPS = (GIB, GIB, 256 * MIB, 128 * MIB, 4 * MIB, 2 * MIB, MIB, 4 * KIB, 0x123)


@dataclass(frozen=True, slots=True, kw_only=True)
class RandomMachine:
    """A machine that a spec can describe.

    Attributes:
        ram: usable ranges.
        entries: lines of the SRAT.
        matrix: rows of the SLIT; empty for none.
        options: boot options.
        revision: of the SRAT.
        arch: the architecture.
        sections: lines of further sections of the spec.
        random_base: the kernel may choose the address of its image.
        cpu: the processor, as QEMU names it.
        efi: the firmware is EFI, where that of QEMU's boards is installed.
    """

    ram: tuple[Span, ...]
    entries: tuple[str, ...]
    matrix: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    revision: int = 3
    arch: Architecture = E820_ARCHITECTURE
    sections: tuple[str, ...] = ()
    random_base: bool = False
    cpu: str = "max"
    efi: bool = False

    @property
    def hides_places(self) -> bool:
        """Whether only a full log shows where image, initrd and firmware data are."""
        return self.random_base or self.efi

    def spec(self) -> str:
        """Return the machine as a spec."""
        ram = ", ".join(f'"{write_range(span)}"' for span in self.ram)
        parts = ["[srat]", f"revision = {self.revision}", "entries = '''"]
        parts += [*self.entries, "'''\n", *self.sections]
        if self.matrix:
            parts += ["[slit]\nmatrix = '''", *self.matrix, "'''\n"]
        cmdline = json.dumps(" ".join(self.options))
        parts += [f"[memory]\nram = [{ram}]\n", f"[kernel]\ncmdline = {cmdline}"]
        return "\n".join(parts) + "\n"

    def smaller(self) -> Iterator[RandomMachine]:
        """Yield machines with one part less."""
        plainer = (
            replace(self, matrix=()),
            replace(self, sections=()),
            replace(self, random_base=False),
            replace(self, cpu="max"),
            replace(self, efi=False),
            replace(self, revision=3),
        )
        yield from (one for one in plainer if one != self)
        for at in range(len(self.options)):
            yield replace(self, options=self.options[:at] + self.options[at + 1 :])
        for at in range(len(self.entries)):
            yield replace(self, entries=self.entries[:at] + self.entries[at + 1 :])


def random_machine(seed: int, arch: Architecture = E820_ARCHITECTURE) -> RandomMachine:
    """Return machine number `seed`; the same number gives the same machine."""
    rng = random.Random(seed)  # noqa: S311 - nothing secret here
    ram = _ram(rng) if arch.has_e820 else _one_range(rng, arch)
    domains = _domains(rng)
    if not arch.has_e820:
        domains = domains[:_FEW]
    entries = [*_processors(rng, domains, arch), *_memory(rng, ram, domains), *_oddities(rng, ram)]
    if rng.random() < 0.25:
        rng.shuffle(entries)
    machine = RandomMachine(
        ram=ram,
        entries=tuple(entries),
        matrix=tuple(_matrix(rng, max(domains) + 1)),
        options=tuple(_options(rng, ram)),
        revision=rng.choice((1, 2, 3, 3, 3, 3)),
        arch=arch,
    )
    if not arch.has_e820 or rng.random() < 0.3:
        return machine
    from tests.soak.harder import harder

    return harder(rng, machine)


def _ram(rng: random.Random) -> tuple[Span, ...]:
    low, high = rng.choice(_LOW_ENDS), rng.choice(_HIGH_SIZES)
    spans = [Span(0, 640 * KIB), Span(MIB, low)]
    if high:
        spans.append(Span(4 * GIB, 4 * GIB + high))
        if rng.random() < 0.2:
            start = 4 * GIB + rng.randrange(1, high // MIB) * MIB
            spans = subtract(spans, [Span(start, start + rng.randrange(1, 512) * MIB)])
    return tuple(spans)


def _one_range(rng: random.Random, arch: Architecture) -> tuple[Span, ...]:
    return tuple(board_ram(arch, rng.choice(_SIZES)))


def _domains(rng: random.Random) -> list[int]:
    count = rng.choice((1, 2, 2, 2, 3, 4, 6))
    if rng.random() < 0.2:
        return rng.sample(range(40), count)
    return list(range(count))


def _processors(rng: random.Random, domains: list[int], arch: Architecture) -> Iterator[str]:
    number = 0
    kinds = [_PROCESSORS[kind] for kind in arch.srat_processors]
    for domain in domains:
        for _ in range(rng.choice((0, 1, 1, 2))):
            kind = rng.choice((kinds[0], kinds[0], kinds[-1]))
            yield f"{kind} {domain} {number}{' off' if rng.random() < 0.05 else ''}"
            number += 1


def _memory(rng: random.Random, ram: tuple[Span, ...], domains: list[int]) -> Iterator[str]:
    """Yield entries that cover RAM as firmware does: low, and above 4 GiB."""
    step = rng.choice(_STEPS)
    whole = _covered(rng, ram)
    turn = rng.choice((_in_order, _any_order))
    pieces = [piece for span in whole for piece in _cut(rng, span, step, len(domains))]
    for piece, domain in zip(pieces, turn(rng, domains, len(pieces)), strict=True):
        if rng.random() > 0.03:
            yield f"mem {domain} {write_range(piece)}{_flags(rng)}"


def _covered(rng: random.Random, ram: tuple[Span, ...]) -> list[Span]:
    if len(ram) == 1:
        return [*([_FLASH] if ram[0].start == GIB and rng.random() < 0.9 else []), *ram]
    low_end = max(span.end for span in ram if span.end <= 4 * GIB)
    whole = [Span(0, low_end)]
    if ram[-1].end > 4 * GIB:
        whole.append(Span(4 * GIB, ram[-1].end))
    if rng.random() < 0.5:
        whole = [Span(0, 640 * KIB), Span(MIB, low_end), *whole[1:]]
    return whole


def _in_order(_rng: random.Random, domains: list[int], count: int) -> list[int]:
    return sorted((domains * count)[:count], key=domains.index)


def _any_order(rng: random.Random, domains: list[int], count: int) -> list[int]:
    return [rng.choice(domains) for _ in range(count)]


def _cut(rng: random.Random, span: Span, step: int, most: int) -> Iterator[Span]:
    cuts = {
        at
        for _ in range(rng.randrange(most + 1))
        if span.start < (at := span.start + rng.randrange(span.size) // step * step) < span.end
    }
    borders = [span.start, *sorted(cuts), span.end]
    yield from (Span(start, end) for start, end in pairwise(borders))


def _flags(rng: random.Random) -> str:
    words = [" hotplug"] if rng.random() < 0.4 else []
    words += [word for word in (" nonvolatile", " off") if rng.random() < 0.03]
    return "".join(words)


def _oddities(rng: random.Random, ram: tuple[Span, ...]) -> Iterator[str]:
    end = max(span.end for span in ram) // GIB + 1
    odd: tuple[Callable[[], str], ...] = (
        lambda: f"mem {rng.randrange(4)} {end + rng.randrange(8)}G+{rng.randrange(1, 9)}G hotplug",
        lambda: f"mem {rng.randrange(4)} {rng.randrange(8)}G+0",
        lambda: f"mem {rng.randrange(4)} {rng.randrange(6)}G+{rng.randrange(1, 4)}G hotplug",
        lambda: f"raw {rng.randrange(8, 255)} {'5a' * rng.randrange(12)}".replace(" \n", " -"),
        lambda: f"initiator {rng.randrange(4)} pci:0000:00:{rng.randrange(32):02x}.0",
        lambda: f"mem {rng.choice((255, 256, 1023, 1024, 5000))} 0+1M off",
        lambda: f"mem {rng.choice((255, 300, 1024))} {end + 9}G+1G hotplug",
        lambda: f"mem 0 {end + 20}G+1G extra=00",
    )
    for make in odd:
        if rng.random() < 0.06:
            yield make().strip()


def _matrix(rng: random.Random, size: int) -> list[str]:
    kind = rng.choice(("none", "none", "plain", "plain", "asymmetric", "wrong", "small"))
    if kind == "none" or size > 8:
        return []
    size = max(1, size - 1) if kind == "small" else size
    rows = [[10 if i == j else 20 + abs(i - j) for j in range(size)] for i in range(size)]
    if kind in ("asymmetric", "wrong"):
        row, column = rng.randrange(size), rng.randrange(size)
        if row != column or kind == "wrong":
            rows[row][column] = rng.choice((11, 40, 254, 255, 10, 9, 0))
    return [" ".join(map(str, row)) for row in rows]


def drawn(rng: random.Random, choices: Iterable[tuple[float, Callable[[], str]]]) -> list[str]:
    """Return words in any order, each with its chance."""
    words = [make() for chance, make in choices if rng.random() < chance]
    rng.shuffle(words)
    return words


def _options(rng: random.Random, ram: tuple[Span, ...]) -> Iterator[str]:
    end = max(span.end for span in ram) // GIB + 2
    amounts = ("512M", "1G", "1500M", "3G", "10%", "50%", "90%", "0", "100G", "1", "mirror")
    choices: tuple[tuple[float, Callable[[], str]], ...] = (
        (0.45, lambda: "movable_node"),
        (0.2, lambda: f"kernelcore={rng.choice(amounts)}"),
        (0.2, lambda: f"movablecore={rng.choice(amounts)}"),
        (0.03, lambda: "movablecore=acpi"),
        (0.05, lambda: f"mem={rng.randrange(1, end + 1)}G"),
        (0.03, lambda: f"mem={rng.randrange(600, end * 1024)}M"),
        (0.04, lambda: f"memmap={rng.randrange(1, 9) * 64}M${rng.randrange(1, end)}G"),
        (0.03, lambda: f"memmap={rng.randrange(1, 9) * 64}M!{rng.randrange(1, end)}G"),
        (0.04, lambda: f"crashkernel={rng.choice(('64M', '128M', '256M@512M'))}"),
        (0.03, lambda: f"numa={rng.choice(('off', 'noacpi', 'fake=2', 'nohmat'))}"),
        (0.03, lambda: "cma=64M"),
        (0.03, lambda: "hugepagesz=1G hugepages=1"),
        (0.02, lambda: "acpi=off"),
    )
    yield from drawn(rng, choices)
