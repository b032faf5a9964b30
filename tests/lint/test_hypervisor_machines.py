"""Guests of hypervisors and large machines with nothing wrong: no rule may warn of them."""

from __future__ import annotations

import pytest

from srat_tool.lint.hit import Severity
from tests.lint.lab import findings, table_spec

IO_APIC = "raw 1 00000000c0fe00000000\n"
TIMER = "raw 2 0000020000000000\nraw 2 0009090000000d00\nraw 4 ff000001\n"
FAR = "10 20\n20 10"


def _machine(oem: tuple[str, str] | None = None, **tables: str) -> str:
    """Return a spec; a table's text may begin with keys, each on a line of its own."""
    made = []
    for name, text in tables.items():
        keys, _, body = text.rpartition("---\n")
        more = f'oem = ["{oem[0]}", "{oem[1]}", 1, "    ", 1]\n' if oem else ""
        if name == "slit":
            made.append(f"[slit]\n{more}matrix = '''\n{body}\n'''\n")
        else:
            made.append(table_spec(name, body, more + keys))
    return "".join(made)


def _rows(count: int, distance: object) -> str:
    cells = [[10 if a == b else distance(a, b) for b in range(count)] for a in range(count)]  # type: ignore[operator]
    return "\n".join(" ".join(map(str, row)) for row in cells)


HALF_FILLED = (
    "mem 0 0+640K\nmem 0 1M+2047M\nmem 0 4G+62G\nmem 2 66G+64G\nmem 4 130G+64G\nmem 6 194G+64G"
)
MACHINES = {
    "VMware with a hot-add window": _machine(
        ("VMWARE", "MEMPLUG "),
        srat="revision = 2\n---\napic 0 0..3\napic 1 4..7\nmem 0 0+640K\nmem 0 1M+3071M\n"
        "mem 0 4G+29G\nmem 1 33G+32G\nmem 0 65G+191G hotplug",
        slit=FAR,
        madt="lapic 0..7 0..7\nlapic 8..127 8..127 off\n" + IO_APIC + TIMER,
    ),
    "Hyper-V": _machine(
        ("VRTUAL", "MICROSFT"),
        srat="revision = 2\n---\napic 0 0..1\napic 1 2..3\nmem 0 0+0xf8000000\nmem 0 4G+12G\n"
        "mem 1 16G+16G\nmem 0 32G+32G hotplug\nmem 0 64G+960G hotplug\n"
        "mem 0 0x10000200000+0xfdffffe00000 hotplug\n"
        "mem 0 0x1000000200000+0xfffffffe00000 hotplug",
        slit=FAR,
        madt="lapic 0..3 0..3\nlapic 4..239 4..239 off\n" + IO_APIC + TIMER,
    ),
    "QEMU with an NVDIMM inside its window": _machine(
        ("BOCHS ", "BXPC    "),
        srat="revision = 1\n---\napic 0 0..1\napic 1 2..3\nmem 0 0+640K\nmem 0 1M+2047M\n"
        "mem 1 2G+1G\nmem 1 4G+1G\nmem 0 5G+1G nonvolatile hotplug\nmem 1 6G+26G hotplug\n"
        "mem 0 0+0 off",
        slit=FAR,
        madt="revision = 3\n---\nlapic 0..3 0..3\n" + IO_APIC + TIMER,
    ),
    "QEMU with a node without memory": _machine(
        ("BOCHS ", "BXPC    "),
        srat="revision = 1\n---\napic 0 0\napic 1 1\nmem 0 0+640K\nmem 0 1M+2047M\n"
        "mem 2 2G+1G\nmem 2 4G+1G\nmem 0 0+0 off\nmem 0 0+0 off",
        slit="10 20 20\n20 10 20\n20 20 10",
        madt="revision = 3\n---\nlapic 0..1 0..1\n" + IO_APIC + TIMER,
    ),
    "QEMU with 288 processors": _machine(
        ("BOCHS ", "BXPC    "),
        srat="revision = 1\n---\napic 0 0..143\napic 1 144..254\nx2apic 1 255..287\n"
        "mem 0 0+640K\nmem 0 1M+2047M\nmem 1 4G+2G",
        slit=FAR,
        madt="revision = 3\n---\nlapic 0..254 0..254\nx2apic 255..287 255..287\n" + IO_APIC + TIMER,
    ),
    "cloud-hypervisor": _machine(
        ("CLOUDH", "CHTABLE "),
        srat="mem 0 0+640K\nmem 0 1M+3071M\nmem 0 4G+1G\nmem 1 5G+4G\nx2apic 0 0..1\nx2apic 1 2..3",
        slit=FAR,
        madt="flags = 0\n---\nx2apic 0..3 0..3\n" + IO_APIC + "raw 2 0004040000000000",
    ),
    "Xen with virtual nodes": _machine(
        ("Xen   ", "HVM     "),
        srat="revision = 2\n---\napic 0 0..2/2\napic 1 4..6/2\nmem 0 0+2G\nmem 1 2G+1792M\n"
        "mem 1 4G+256M",
        slit=FAR,
        madt="revision = 2\n---\nlapic 0..3 0..6/2\nlapic 4..127 8..254/2 off\n" + IO_APIC + TIMER,
    ),
    "Nutanix with a hot-add window": _machine(
        ("NUTANX", "NTNXPC  "),
        srat="revision = 1\n---\napic 0 0..7\napic 1 8..15\nmem 0 0+640K\nmem 0 1M+3071M\n"
        "mem 0 4G+29G\nmem 1 33G+32G\nmem 1 65G+447G hotplug",
        slit=FAR,
        madt="revision = 3\n---\nlapic 0..15 0..15\nlapic 16..239 16..239 off\n" + IO_APIC + TIMER,
    ),
    "bhyve": _machine(
        ("BHYVE ", "BVTABLE "),
        srat="revision = 1\n---\nmem 0 0+2G\nmem 1 2G+1G\nmem 1 4G+1G\napic 0 0..1\napic 1 2..3",
        madt="revision = 1\n---\nlapic 0..3 0..3\n" + IO_APIC + TIMER,
    ),
    "eight sockets with domains in steps of four": _machine(
        srat="".join(f"x2apic {4 * n} {128 * n}..{128 * n + 55}\n" for n in range(8))
        + "mem 0 0+2G\nmem 0 4G+1020G\n"
        + "".join(f"mem {4 * n} {n}T+1T\n" for n in range(1, 8)),
        slit=_rows(29, lambda a, b: 20 if a // 4 == b // 4 else 30),
        madt="".join(
            f"x2apic {56 * n}..{56 * n + 55} {128 * n}..{128 * n + 55}\n" for n in range(8)
        )
        + IO_APIC
        + TIMER,
    ),
    "four nodes a socket, half of them without DIMMs": _machine(
        srat="".join(f"apic {n} {8 * n}..{8 * n + 7}\n" for n in range(8)) + HALF_FILLED,
        slit=_rows(8, lambda a, b: 12 if a // 4 == b // 4 else 32),
        madt="lapic 0..63 0..63\n" + IO_APIC + TIMER,
    ),
    "memory on the second socket alone": _machine(
        srat="apic 0 0..3\napic 1 4..7\nmem 1 0+2G\nmem 1 4G+62G\nmem 0 0+0 off",
        slit="10 21\n21 10",
        madt="lapic 0..7 0..7\n" + IO_APIC + TIMER,
    ),
    "four clusters with memory of high bandwidth": _machine(
        srat="".join(f"apic {n} {32 * n}..{32 * n + 31}\n" for n in range(4))
        + "mem 0 0+2G\nmem 0 4G+22G\nmem 1 26G+24G\nmem 2 50G+24G\nmem 3 74G+24G\n"
        + "".join(f"mem {4 + n} {98 + 4 * n}G+4G\n" for n in range(4)),
        slit=_rows(8, lambda a, b: 21 if max(a, b) < 4 else 31 if a % 4 == b % 4 else 41),
        madt="lapic 0..127 0..127\n" + IO_APIC + TIMER,
    ),
    "a hole below 1 TiB": _machine(
        srat="apic 0 0..7\napic 1 8..15\nmem 0 0+640K\nmem 0 1M+2047M\nmem 0 4G+1008G\n"
        "mem 0 1T+14G\nmem 1 1038G+1022G",
        slit="10 32\n32 10",
        madt="lapic 0..15 0..15\n" + IO_APIC + "raw 1 1100000028f118000000\n" + TIMER,
    ),
    "accelerators in domains without memory": _machine(
        srat="".join(f"gicc 0 {n}\n" for n in range(4))
        + "".join(f"initiator {2 + n} pci:0009:01:00.0\n" for n in range(8))
        + "mem 0 0x80000000+120G",
        slit=_rows(10, lambda a, b: 80 if 0 in {a, b} else 255),
    ),
}


@pytest.mark.parametrize("name", list(MACHINES))
def test_nothing_is_warned_of(name: str) -> None:
    """Notes are allowed, warnings and errors are not."""
    found = [f for f in findings(MACHINES[name]) if f.severity > Severity.INFO]
    assert [(finding.id, finding.message) for finding in found] == []
