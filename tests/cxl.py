"""A machine with a CXL window for tests: generic ports, a HMAT, and devices."""

from __future__ import annotations

from srat_tool.base.rawtable import RawTable
from srat_tool.base.units import GIB
from srat_tool.grammar.registry import encode
from srat_tool.plan.cxl_values import CxlDevice
from srat_tool.plan.event_text import read_events
from srat_tool.plan.plan import Plan
from srat_tool.tables.srat import GenericPortAffinity
from tests.cdats import usual
from tests.hmats import hmat, locality
from tests.machines import cpu, mem, srat
from tests.plan.support import cedt, plan, raw

LINKED = {"speed": 32000, "width": 16}
START = 16 * GIB


def port(pxm: int, uid: int) -> GenericPortAffinity:
    """Return a generic port of a host bridge."""
    handle = b"ACPI0016" + uid.to_bytes(4, "little") + bytes(4)
    return GenericPortAffinity(0, 6, 32, 0, 0, pxm, handle, 1, 0)


def tables(*spans: tuple[int, int], uid: int = 12) -> tuple[RawTable, ...]:
    """Return a SRAT with a port in domain 1, a HMAT, and windows over host bridge 12.

    The domain of the port has a hot-pluggable range, so that no window is given its number.
    """
    table = srat(cpu(0, 0), mem(0, 0, 6 * GIB), mem(1, 8 * GIB, 9 * GIB, hot=True), port(1, uid))
    numbers = hmat(
        locality(0, (0,), (0, 1), (10, 50), base=1000),
        locality(3, (0,), (0, 1), (10240, 5120)),
    )
    windows = cedt(*(spans or ((START, 4 * GIB),)))
    return tuple(raw(table)._replace(data=encode(one)) for one in (table, numbers, windows))


def device(data: bytes | None = None, bridge: int | None = 12, **link: int) -> CxlDevice:
    """Return a device of 512 MiB, 150/250 ns and 16000 MB/s."""
    given = link or LINKED
    return CxlDevice("a.cdat", usual() if data is None else data, bridge=bridge, **given)


def cxl_plan(
    *devices: CxlDevice,
    events: tuple[str, ...] = ("kmem:16G+512M,source=cxl",),
    kernel: str = "6.12.117",
    given: tuple[RawTable, ...] | None = None,
) -> Plan:
    """Plan a machine of which user space makes regions."""
    return plan(
        None,
        tables=tables() if given is None else given,
        profile=kernel,
        cxl_devices=devices,
        hot_events=read_events(events),
    )
