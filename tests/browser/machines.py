"""Machines for pages: large ones."""

from __future__ import annotations

import struct

from srat_tool.base.rawtable import Origin, RawTable
from srat_tool.grammar.registry import decode
from srat_tool.render.inspect.record import Inspected
from srat_tool.render.report.value import MachineReport
from tests.render.samples import big
from tests.support import table_bytes

_GIB = 1 << 30
_NUMBERS = 3
"""Structures with latencies and bandwidths."""


def big_machine(nodes: int) -> MachineReport:
    """Return the report of a plan of so many nodes, with tables as large as theirs would be."""
    memory = b"".join(
        struct.pack("<BBIHQQIIQ", 1, 40, nid, 0, nid * 4 * _GIB, 4 * _GIB, 0, 1 | 2 * (nid % 2), 0)
        for nid in range(nodes)
    )
    rows = b"".join(
        bytes(10 if a == b else 20 + (a ^ b) % 60 for b in range(nodes)) for a in range(nodes)
    )
    domains = struct.pack(f"<{nodes}I", *range(nodes))
    numbers = b"".join(
        struct.pack(
            "<HHIBBBBIIIQ",
            1,
            0,
            32 + 8 * nodes + 2 * nodes * nodes,
            0,
            kind,
            0,
            0,
            nodes,
            nodes,
            0,
            1000,
        )
        + 2 * domains
        + struct.pack(f"<{nodes * nodes}H", *(1 + value % 90 for value in rows))
        for kind in range(_NUMBERS)
    )
    made = {
        b"SRAT": struct.pack("<IQ", 1, 0) + memory,
        b"SLIT": struct.pack("<Q", nodes) + rows,
        b"HMAT": bytes(4) + numbers,
    }
    tables = (
        RawTable(Origin(signature.decode()), table_bytes(signature, body, revision=2))
        for signature, body in made.items()
    )
    inspected = tuple(Inspected(raw, decode(raw.data)) for raw in tables)
    return MachineReport(title=f"{nodes} nodes", plan=big(nodes), tables=inspected)
