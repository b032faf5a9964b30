"""Random machines with CXL memory, as options of QEMU and as steps that make regions.

QEMU makes their tables: windows (CEDT), generic ports and initiators, an HMAT.
"""

from __future__ import annotations

import random
from typing import NamedTuple

from srat_tool.base.units import GIB, MIB

_BUSES = (12, 32, 52)
_SPEEDS = (("2_5", 1), ("8", 4), ("16", 8), ("32", 16))
_PARTS = (256 * MIB, 512 * MIB, GIB)


class CxlRegion(NamedTuple):
    """A region to make: the number of its window, its devices in order, bytes of each of them."""

    window: int
    devices: tuple[int, ...]
    part: int


class CxlMachine(NamedTuple):
    """A machine.

    Attributes:
        argv: options of QEMU, without a kernel.
        options: boot options.
        buses: of each device that of its host bridge, which is the bridge's _UID.
        regions: what user space makes, in order.
    """

    argv: tuple[str, ...]
    options: tuple[str, ...]
    buses: tuple[int, ...]
    regions: tuple[CxlRegion, ...]


def cxl_machine(seed: int) -> CxlMachine:
    """Return machine number `seed`; the same number gives the same machine."""
    rng = random.Random(seed)  # noqa: S311 - nothing secret here
    bridges = rng.choice((1, 1, 2, 2, 3))
    shared = bridges == 2 and rng.random() < 0.6
    windows: list[tuple[int, ...]] = (
        [(bridge,) for bridge in range(bridges)] if not shared else [(0, 1)]
    )
    sizes = [rng.choice((2, 4, 4, 8)) * GIB for _ in windows]
    devices = [bridge for bridge in range(bridges) for _ in range(1 if shared else 2)]
    if not shared and rng.random() < 0.4:
        devices = devices[:1] + devices[2:] if bridges > 1 else devices
    memory_nodes = rng.choice((1, 1, 2, 3))
    board = _Board(rng, bridges, memory_nodes)
    machine = "q35,cxl=on,hmat=on" + "".join(
        f",cxl-fmw.{number}.size={size // GIB}G"
        + "".join(f",cxl-fmw.{number}.targets.{at}=cxl.{one}" for at, one in enumerate(targets))
        for number, (targets, size) in enumerate(zip(windows, sizes, strict=True))
    )
    argv = ["-M", machine, "-cpu", "max,-hypervisor", *("-accel", "tcg,tb-size=128")]
    argv += board.nodes()
    argv += board.bridges()
    argv += board.devices(devices)
    argv += board.numbers()
    return CxlMachine(
        tuple(argv),
        tuple(_options(rng)),
        tuple(_BUSES[bridge] for bridge in devices),
        tuple(_regions(rng, windows, devices)),
    )


def _options(rng: random.Random) -> list[str]:
    state = rng.choice((None, None, "online", "online_movable", "online_kernel", "offline"))
    return [] if state is None else [f"memhp_default_state={state}"]


def _regions(
    rng: random.Random, windows: list[tuple[int, ...]], devices: list[int]
) -> list[CxlRegion]:
    regions = []
    for number, targets in enumerate(windows):
        mine = [at for at, bridge in enumerate(devices) if bridge in targets]
        if len(targets) > 1:
            # Positions go round the bridges.
            regions.append(CxlRegion(number, tuple(mine), rng.choice(_PARTS[:2])))
        elif len(mine) == 2 and rng.random() < 0.5:
            regions.append(CxlRegion(number, tuple(mine), rng.choice(_PARTS[:2])))
        else:
            regions.append(CxlRegion(number, (mine[0],), rng.choice(_PARTS)))
    return regions


class _Board:
    """QEMU's options for one machine: node 0 has the processors, the last ones have the ports."""

    def __init__(self, rng: random.Random, bridges: int, memory_nodes: int) -> None:
        self._rng = rng
        self._bridges = bridges
        self._memory = memory_nodes
        self._ports = [bridge for bridge in range(bridges) if rng.random() < 0.8]
        self._initiator = rng.random() < 0.3

    def nodes(self) -> list[str]:
        """Return RAM and nodes; a window for DIMMs may be in the domain of the last port."""
        sizes = [2 * GIB, *(GIB // 2 for _ in range(self._memory - 1))]
        words = ["-smp", "1", "-m", f"{sum(sizes) // MIB}M"]
        if self._rng.random() < 0.5:
            words[-1] += f",maxmem={sum(sizes) // MIB + 4096}M,slots=2"
        for nid, size in enumerate(sizes):
            words += ["-object", f"memory-backend-ram,id=m{nid},size={size},reserve=off"]
            words += ["-numa", f"node,nodeid={nid},memdev=m{nid}"]
        for nid in range(self._memory, self._memory + self._bridges):
            words += ["-numa", f"node,nodeid={nid}"]
        return [*words, "-numa", "cpu,node-id=0,socket-id=0"]

    def bridges(self) -> list[str]:
        """Return host bridges with their generic ports, and a generic initiator."""
        words = []
        for bridge in range(self._bridges):
            bus = _BUSES[bridge]
            words += ["-device", f"pxb-cxl,bus_nr={bus},bus=pcie.0,id=cxl.{bridge}"]
            if bridge in self._ports:
                nid = self._memory + bridge
                port = f"acpi-generic-port,id=gp{bridge},pci-bus=cxl.{bridge},node={nid}"
                words += ["-object", port]
        if self._initiator:
            nid = self._rng.randrange(self._memory)
            words += ["-device", "virtio-rng-pci,id=rng0,bus=pcie.0"]
            words += ["-object", f"acpi-generic-initiator,id=gi0,pci-dev=rng0,node={nid}"]
        return words

    def devices(self, devices: list[int]) -> list[str]:
        """Return a device of 2 GiB for each number of a bridge."""
        words = []
        slots = dict.fromkeys(range(self._bridges), 0)
        for number, bridge in enumerate(devices):
            speed, width = self._rng.choice(_SPEEDS)
            link = f",x-speed={speed},x-width={width}" if self._rng.random() < 0.6 else ""
            words += ["-object", f"memory-backend-ram,id=v{number},share=on,size=2G,reserve=off"]
            root = f"port={slots[bridge]},bus=cxl.{bridge},id=rp{number},chassis={number}"
            words += ["-device", f"cxl-rp,{root},slot={number + 2}{link}"]
            end = f"bus=rp{number},volatile-memdev=v{number},id=d{number},sn={number + 1}"
            words += ["-device", f"cxl-type3,{end}{link}"]
            slots[bridge] += 1
        return words

    def numbers(self) -> list[str]:
        """Return latencies and bandwidths from node 0, of memory and of ports."""
        words = []
        for nid in range(self._memory + self._bridges):
            if nid and self._rng.random() < 0.1:
                continue
            near = nid == 0
            latency = 10 if near else self._rng.choice((12, 20, 50, 65, 500))
            rate = "10G" if near else self._rng.choice(("2G", "5G", "8G", "20G"))
            between = f"hmat-lb,initiator=0,target={nid},hierarchy=memory"
            words += ["-numa", f"{between},data-type=access-latency,latency={latency}"]
            words += ["-numa", f"{between},data-type=access-bandwidth,bandwidth={rate}"]
        return words
