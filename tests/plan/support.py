"""Machines as `make_plan` takes them, out of a few words."""

from __future__ import annotations

from srat_tool.base.rawtable import Origin, RawTable
from srat_tool.grammar.registry import encode
from srat_tool.plan.machine import Machine
from srat_tool.plan.outcome import Outcome
from srat_tool.plan.pipeline import boot_machine, make_plan
from srat_tool.plan.plan import Plan
from srat_tool.plan.read_machine import read_machine
from srat_tool.tables.cedt import Cedt, Cfmws
from srat_tool.tables.header import Header
from srat_tool.tables.memmap import MapEntry, MemoryMap, MemoryType
from srat_tool.tables.srat import Srat
from tests.machines import INITRD, KERNEL, Q4

Q4_MAP = MemoryMap(entries=tuple(MapEntry(*span, MemoryType.RAM) for span in Q4))


def raw(table: Srat) -> RawTable:
    """Return a table as bytes from nowhere, with the checksum that fits."""
    data = bytearray(encode(table))
    data[9] = (data[9] - sum(data)) & 0xFF
    return RawTable(origin=Origin(path="test"), data=bytes(data))


def cedt(*spans: tuple[int, int]) -> Cedt:
    """Return a table of windows, each a base and a size, over one host bridge."""
    entries = tuple(
        Cfmws(36 + 40 * n, 1, 0, 40, 0, base, size, 0, 0, 0, 0, 6, n, (12,))
        for n, (base, size) in enumerate(spans)
    )
    length = 36 + 40 * len(spans)
    header = Header(b"CEDT", length, 1, 0, b"TEST\0\0", b"TEST\0\0\0\0", 1, b"TEST", 1)
    return Cedt(header=header, entries=entries, size=length)


def machine(table: Srat | None, cmdline: str = "nokaslr", **fields: object) -> Machine:
    """Return a 4 GiB guest of 6.1 with a kernel at 16 MiB and an initrd below 2 GiB."""
    given: dict[str, object] = {
        "tables": () if table is None else (raw(table),),
        "memory_map": Q4_MAP,
        "kernel_image": KERNEL,
        "initrd": INITRD,
        "command_line": cmdline,
        "profile": "6.1",
        **fields,
    }
    return Machine(**given)  # type: ignore[arg-type]


def plan(table: Srat | None, cmdline: str = "nokaslr", **fields: object) -> Plan:
    """Plan that guest."""
    return make_plan(machine(table, cmdline, **fields))


def outcome(table: Srat | None, cmdline: str = "nokaslr", **fields: object) -> Outcome:
    """Boot that guest, without writing it down."""
    return boot_machine(read_machine(machine(table, cmdline, **fields)))
