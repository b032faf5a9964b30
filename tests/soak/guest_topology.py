"""Random machines whose tables QEMU makes, for kernels that take none from an initrd."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from srat_tool.base.architecture import Architecture
from tests.soak.machines import drawn

_MAX_NODES = 6
_UNITS = (1, 2, 16, 128, 256)
"""Sizes are whole multiples of one of them, in mebibytes."""
_TOTALS = (768, 1024, 1531, 2048, 3072, 4096, 6144)
_DISTANCES = (11, 15, 20, 20, 31, 99, 254)
_AMOUNTS = ("256M", "512M", "1G", "10%", "50%", "90%", "0", "100G", "1", "mirror")


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestTopology:
    """A machine in the words of QEMU's `-numa`.

    Attributes:
        sizes: memory of each node, in mebibytes; zero for none.
        processors: the node of each processor; empty for a machine that QEMU makes no node of.
        distances: (source, target, distance), as given.
        locality: further `-numa` arguments for an HMAT.
        window: mebibytes that can be added later.
        options: boot options.
        arch: the architecture.
    """

    sizes: tuple[int, ...]
    processors: tuple[int, ...]
    distances: tuple[tuple[int, int, int], ...] = ()
    locality: tuple[str, ...] = ()
    window: int = 0
    options: tuple[str, ...] = ()
    arch: Architecture

    @property
    def hides_places(self) -> bool:
        """Whether only a full log shows where the image is: these boards have no such choice."""
        return False

    @property
    def argv(self) -> tuple[str, ...]:
        """QEMU's options for memory, processors and nodes."""
        size = f"{sum(self.sizes)}M"
        if self.window:
            size += f",slots=2,maxmem={sum(self.sizes) + self.window}M"
        count = len(self.processors)
        words = ["-m", size, "-smp", f"{count},sockets={count},cores=1,threads=1"]
        for node, mib in enumerate(self.sizes):
            cpus = "".join(f",cpus={n}" for n, at in enumerate(self.processors) if at == node)
            backend = f",memdev=m{node}" if mib else ""
            if mib:
                words += ["-object", f"memory-backend-ram,id=m{node},size={mib}M,reserve=off"]
            words += ["-numa", f"node,nodeid={node}{cpus}{backend}"]
        for source, target, value in self.distances:
            words += ["-numa", f"dist,src={source},dst={target},val={value}"]
        for line in self.locality:
            words += ["-numa", line]
        if self.locality:
            words += ["-machine", "hmat=on"]
        return tuple(words)

    def spec(self) -> str:
        """Return the machine as QEMU's options, and the kernel's."""
        return f"{self.arch.name}: {' '.join(self.argv)}\n-append '{' '.join(self.options)}'\n"

    def smaller(self) -> Iterator[GuestTopology]:
        """Yield machines with one part less."""
        plainer = (
            replace(self, distances=()),
            replace(self, locality=()),
            replace(self, window=0),
        )
        yield from (one for one in plainer if one != self)
        for at in range(len(self.options)):
            yield replace(self, options=self.options[:at] + self.options[at + 1 :])


def random_topology(seed: int, arch: Architecture) -> GuestTopology:
    """Return machine number `seed`; the same number gives the same machine."""
    rng = random.Random(seed)  # noqa: S311 - nothing secret here
    # The board of riscv64 has at most four nodes, each with memory and with harts side by side.
    ordered = arch.name == "riscv64"
    sizes = _sizes(rng, 4 if ordered else _MAX_NODES, without=not ordered)
    distances = tuple(_distances(rng, len(sizes)))
    return GuestTopology(
        sizes=sizes,
        processors=_processors(rng, len(sizes), ordered=ordered),
        distances=distances,
        locality=() if ordered else tuple(_locality(rng, len(sizes))),
        window=rng.choice((0, 0, 0, 512, 1024, 4096)) if not ordered else 0,
        options=tuple(_options(rng, sum(sizes))),
        arch=arch,
    )


def _sizes(rng: random.Random, most: int, *, without: bool) -> tuple[int, ...]:
    """Share memory out to nodes; `without`: some may have none."""
    count, unit = rng.choice((1, 2, 2, 2, 3, 3, 4, 4, 5, 6)), rng.choice(_UNITS)
    parts = rng.choice(_TOTALS) // unit
    count = min(count, parts, most)
    edges = [0, *sorted(rng.sample(range(1, parts), count - 1)), parts]
    sizes = [(edges[at + 1] - edges[at]) * unit for at in range(count)]
    if without and rng.random() < 0.35:
        # A node without memory: another one has it.
        taken = rng.randrange(count)
        given = rng.randrange(count)
        if taken != given:
            sizes[given] += sizes[taken]
            sizes[taken] = 0
    return tuple(sizes)


def _processors(rng: random.Random, nodes: int, *, ordered: bool) -> tuple[int, ...]:
    if ordered:
        each = [rng.choice((1, 1, 2, 3)) for _ in range(nodes)]
        return tuple(node for node, count in enumerate(each) for _ in range(count))
    count = rng.randrange(1, 9)
    if rng.random() < 0.5:
        return tuple(min(n * nodes // count, nodes - 1) for n in range(count))
    return tuple(rng.randrange(nodes) for _ in range(count))


def _distances(rng: random.Random, nodes: int) -> Iterator[tuple[int, int, int]]:
    if nodes == 1 or rng.random() < 0.35:
        return
    both_ways = rng.random() < 0.5
    for source in range(nodes):
        for target in range(source + 1, nodes):
            yield source, target, rng.choice(_DISTANCES)
            if not both_ways:
                yield target, source, rng.choice(_DISTANCES)


def _locality(rng: random.Random, nodes: int) -> Iterator[str]:
    if nodes == 1 or rng.random() < 0.7:
        return
    for target in range(nodes):
        latency, bandwidth = rng.randrange(1, 9) * 50, rng.randrange(1, 9) * 1024
        where = f"hmat-lb,initiator=0,target={target},hierarchy=memory"
        yield f"{where},data-type=access-latency,latency={latency}"
        yield f"{where},data-type=access-bandwidth,bandwidth={bandwidth}M"


def _options(rng: random.Random, mib: int) -> Iterator[str]:
    choices: tuple[tuple[float, Callable[[], str]], ...] = (
        (0.4, lambda: "movable_node"),
        (0.2, lambda: f"kernelcore={rng.choice(_AMOUNTS)}"),
        (0.2, lambda: f"movablecore={rng.choice(_AMOUNTS)}"),
        (0.1, lambda: f"mem={rng.randrange(600, mib + 300)}M"),
        (0.12, lambda: f"numa={rng.choice(('off', 'noacpi', 'nohmat', 'fake=2', 'fake=4'))}"),
        (0.05, lambda: "cma=64M"),
        (0.05, lambda: "hugepagesz=2M hugepages=8"),
        (0.04, lambda: "acpi=off"),
    )
    yield from drawn(rng, choices)
