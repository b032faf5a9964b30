"""Unusual machines with nothing wrong: no rule may warn of them."""

from __future__ import annotations

import pytest

from srat_tool.lint.hit import Severity
from tests.lint.lab import findings, table_spec

IO_APIC = "raw 1 04000000c0fe00000000\nraw 2 0000020000000000\nraw 2 0009090000000d00\n"
GICD = "raw 12 00000000000000000008000000000000000003000000\n"
GICD_V2 = "raw 12 00000000000000000008000000000000000002000000\n"
TWO = "apic 0 0..1\napic 1 2..3\nmem 0 0+2G\nmem 0 4G+30G\nmem 1 34G+32G\n"
FOUR_CPUS = "lapic 0..3 0..3\n" + IO_APIC


def _srat(text: str) -> str:
    return table_spec("srat", text)


def _slit(matrix: str) -> str:
    return f"[slit]\nmatrix = '''\n{matrix}\n'''\n"


def _madt(text: str, more: str = "") -> str:
    return table_spec("madt", text, more)


IMSIC = "raw 25 010000000000ff00ff0000020018\n"
APLICS = (
    "raw 26 010000000000000000000000000000006000000000000000000d0000000000800000\n"
    "raw 26 010100000000000000000000000000006000600000000080000d0000000000800000\n"
)
LOONGARCH_PICS = (
    "raw 20 0103000100000000000000\nraw 21 010000f02f0000000040000000c0000000\n"
    "raw 22 010000001000000000001000004000\nraw 23 010020001000000000001013\n"
    "raw 18 010014e01f0000000000010203ffffff00000000ff\n"
)
PERSISTENT = "type_guid=79d3f066f3b47440ac430d3318b78cdb flags=2"
FIRST_MODULE = (
    "raw 1 0100000000000000010001000000000008000000000000000000000000000000000000000000020000000000"
)
SECOND_MODULE = (
    "raw 1 0200000000000000010001000000000008000000000000000000000000000000000000000000020000000000"
)
MODULES = (
    f"range 2 range_index=1 base_address=66G range_length=64G {PERSISTENT}\n"
    f"{FIRST_MODULE}\n{SECOND_MODULE}\n"
    "raw 4 01008680000000000000000000000000000000000000000000000000\n"
    "raw 6 0100000001000000000000000000009000000000\nraw 7 020000000700000000000000\n"
)
NEAR_FAR = _slit("10 21\n21 10")
NO_LOCAL = "local_address = 0\nflags = 0\n"
PPTT = (
    "node 0 0 package\nnode 36 0 valid-id leaf\nnode 36 1 valid-id leaf\n"
    "node 0 0 package\nnode 96 2 valid-id leaf\nnode 96 3 valid-id leaf\n"
)

MACHINES = {
    "two sockets with everything": (
        _srat(TWO)
        + NEAR_FAR
        + _madt(FOUR_CPUS + "raw 4 ff050001\n")
        + table_spec("pptt", PPTT)
        + table_spec("msct", "domains 0 1 64 1T")
        + table_spec(
            "hmat",
            "memory 0 0\nmemory 1 1\n"
            "locality access-latency 0,1 0,1 90,150,150,90 entry_base_unit=1000\n"
            "locality access-bandwidth 0,1 0,1 200,100,100,200 entry_base_unit=1000",
        )
    ),
    "memory of high bandwidth without processors": (
        _srat(f"{TWO}mem 2 66G+16G\nmem 3 82G+16G\n")
        + _slit("10 21 13 23\n21 10 23 13\n13 23 10 23\n23 13 23 10")
        + _madt(FOUR_CPUS)
    ),
    "CXL behind generic ports": (
        _srat(f"{TWO}port 2 acpi:ACPI0016:1\nport 3 acpi:ACPI0016:2\n")
        + _slit("10 21 14 24\n21 10 24 14\n14 24 10 26\n24 14 26 10")
        + _madt(FOUR_CPUS)
        + table_spec(
            "cedt",
            "bridge 1 0x80000000+64K\nbridge 2 0x80010000+64K\n"
            "window 1T+256G 1 type3 volatile\nwindow 1280G+512G 1,2 type3 volatile",
        )
    ),
    "three hundred processors of both kinds": (
        _srat("apic 0 0..254\nx2apic 1 255..299\nmem 0 0+2G\nmem 0 4G+30G\nmem 1 34G+32G")
        + NEAR_FAR
        + _madt("lapic 0..254 0..254\nx2apic 255..299 255..299\n" + IO_APIC)
    ),
    "every processor as local APIC and as x2APIC": (
        _srat(TWO) + NEAR_FAR + _madt("lapic 0..3 0..3\nx2apic 0..3 0..3\n" + IO_APIC)
    ),
    "room for processors that are not there": (
        _srat(f"{TWO}apic 0 255 off\nx2apic 0 0xffffffff off\nmem 0 0+0 off\n")
        + NEAR_FAR
        + _madt(FOUR_CPUS + "lapic 4..9 255 off\nx2apic 255 0xffffffff off\n")
    ),
    "GICv2": (
        _srat("gicc 0 0\ngicc 1 1\nmem 0 2G+2G\nmem 1 34G+8G")
        + NEAR_FAR
        + _madt("gicc 0 0\ngicc 1 1\n" + GICD_V2, NO_LOCAL)
    ),
    "redistributors in a range": (
        _srat("gicc 0 0\ngicc 1 1\nmem 0 2G+2G\nmem 1 34G+8G")
        + NEAR_FAR
        + _madt(
            "gicc 0 0\ngicc 1 0x10000\nits 0 0x9080000\n"
            f"raw 14 0000000008080000000000000800\n{GICD}",
            NO_LOCAL,
        )
    ),
    "RISC-V with message-signaled interrupts": (
        _srat("rintc 0 0\nrintc 1 1\nmem 0 2G+2G\nmem 1 34G+8G")
        + NEAR_FAR
        + _madt(
            "rintc 0 0 imsic_base_address=0x28000000 imsic_size=0x1000\n"
            "rintc 1 1 imsic_base_address=0x28001000 imsic_size=0x1000\n"
            f"{IMSIC}{APLICS}",
            f"revision = 7\n{NO_LOCAL}",
        )
    ),
    "LoongArch": (
        _srat("apic 0 0\napic 1 1\nmem 0 0+256M\nmem 0 2304M+2G\nmem 1 16T+8G")
        + NEAR_FAR
        + _madt(f"corepic 0 0\ncorepic 1 1\n{LOONGARCH_PICS}", "local_address = 0\n")
    ),
    "redistributors in the GICC": (
        _srat("gicc 0 0\ngicc 1 1\nits 0 0\nmem 0 2G+2G\nmem 1 34G+8G")
        + NEAR_FAR
        + _madt(
            "gicc 0 0 gicr_base_address=0x90000000\n"
            "gicc 1 0x100000000 gicr_base_address=0x90020000\n"
            f"its 0 0x8080000\n{GICD}",
            NO_LOCAL,
        )
    ),
    "two levels of memory side caches": (
        _srat(TWO)
        + NEAR_FAR
        + _madt(FOUR_CPUS)
        + table_spec(
            "hmat",
            "memory 0 0\nmemory 1 1\n"
            "locality access-latency 0,1 0,1 90,150,150,90 entry_base_unit=1000\n"
            "locality access-bandwidth 0,1 0,1 200,100,100,200 entry_base_unit=1000\n"
            "cache 0 4G cache_attributes=0x401112\ncache 0 1G cache_attributes=0x401122\n"
            "cache 1 4G cache_attributes=0x401111",
        )
    ),
    "persistent memory in nodes of its own": (
        _srat(f"{TWO}mem 2 66G+64G nonvolatile\nmem 3 130G+64G nonvolatile\n")
        + _slit("10 21 17 28\n21 10 28 17\n17 28 10 28\n28 17 28 10")
        + _madt(FOUR_CPUS)
        + table_spec(
            "nfit",
            f"range 2 range_index=1 base_address=66G range_length=64G {PERSISTENT}\n"
            f"range 3 range_index=2 base_address=130G range_length=64G {PERSISTENT}",
        )
    ),
    "one range over two modules": (
        _srat(f"{TWO}mem 2 66G+64G nonvolatile\n")
        + _slit("10 21 17\n21 10 28\n17 28 10")
        + _madt(FOUR_CPUS)
        + table_spec("nfit", MODULES)
    ),
    "eight functions of one accelerator": (
        _srat(TWO + "".join(f"initiator 2 pci:0000:03:00.{function}\n" for function in range(8)))
        + _slit("10 21 20\n21 10 30\n20 30 10")
        + _madt(FOUR_CPUS)
    ),
    "processors that may come": (
        _srat(f"{TWO}apic 0 4\napic 1 5\n")
        + NEAR_FAR
        + _madt(FOUR_CPUS + "lapic 4..5 4..5 online-capable off\n")
    ),
    "two clusters in a socket": (
        _srat(
            "apic 0 0\napic 1 1\napic 2 2\napic 3 3\n"
            "mem 0 0+2G\nmem 0 4G+30G\nmem 1 34G+32G\nmem 2 66G+32G\nmem 3 98G+32G\n"
        )
        + _slit("10 12 21 21\n12 10 21 21\n21 21 10 12\n21 21 12 10")
        + _madt(FOUR_CPUS)
        + table_spec("pptt", PPTT)
    ),
    "persistent memory in the domains of the sockets": (
        _srat(f"{TWO}mem 0 66G+64G nonvolatile\nmem 1 130G+64G nonvolatile\n")
        + NEAR_FAR
        + _madt(FOUR_CPUS)
    ),
    "generic ports that are nearer than memory": (
        _srat(f"{TWO}port 2 acpi:ACPI0016:1\n")
        + _slit("10 21 14\n21 10 24\n14 24 10")
        + _madt(FOUR_CPUS)
        + table_spec("cedt", "bridge 1 0x80000000+64K\nwindow 1T+256G 1 type3 volatile")
        + table_spec(
            "hmat",
            "memory 0 0\nmemory 1 1\n"
            "locality access-latency 0,1 0,1,2 90,150,60,150,90,160 entry_base_unit=1000\n"
            "locality access-bandwidth 0,1 0,1,2 200,100,64,100,200,32 entry_base_unit=1000",
        )
    ),
    "a PPTT of the first revision": (
        _srat(TWO)
        + NEAR_FAR
        + _madt(FOUR_CPUS)
        + table_spec("pptt", PPTT.replace(" leaf", ""), "revision = 1\n")
    ),
}


@pytest.mark.parametrize("profile", ["xen", "freebsd", "illumos"])
@pytest.mark.parametrize("name", ["RISC-V with message-signaled interrupts", "LoongArch"])
def test_other_systems_say_nothing_of_architectures_they_do_not_have(
    name: str, profile: str
) -> None:
    """Their checks were read for x86, and FreeBSD's for arm64."""
    assert [f.id for f in findings(MACHINES[name], "SYS", profile=profile)] == []


@pytest.mark.parametrize("name", list(MACHINES))
def test_nothing_is_warned_of(name: str) -> None:
    """Notes are allowed, warnings and errors are not."""
    found = [f for f in findings(MACHINES[name]) if f.severity > Severity.INFO]
    assert [(finding.id, finding.message) for finding in found] == []
