"""One wrong thing in a sound machine: the right rule finds it, among all rules."""

from __future__ import annotations

import pytest

from srat_tool.lint.hit import Severity
from tests.lint.lab import findings
from tests.lint.test_sound_machines import FIRST_MODULE, IMSIC, MACHINES, SECOND_MODULE

X86, ARM = "two sockets with everything", "redistributors in the GICC"
MODULES = "one range over two modules"
RANGE, RISCV, LOONGARCH = (
    "redistributors in a range",
    "RISC-V with message-signaled interrupts",
    "LoongArch",
)
CXL, PMEM = "CXL behind generic ports", "persistent memory in nodes of its own"
ONE_OF_TWO = "cache_attributes=0x401112"

# The machine, what is replaced in its spec, by what, and the rule that must find it.
SEEDS = [
    (X86, "mem 0 0+2G", "mem 0 0+2G length=32", "SRAT002"),
    (X86, "mem 0 0+2G", "bytes 0000000000000000\nmem 0 0+2G", "SRAT001"),
    (X86, "mem 1 34G+32G", "mem 1 33G+32G", "SRAT101"),
    (X86, "mem 0 4G+30G", "mem 0 1G+30G", "SRAT102"),
    (X86, "mem 0 0+2G", "mem 0 0+2G\nmem 0 0+2G", "SRAT103"),
    (X86, "mem 0 0+2G", "mem 0 0+2G\nmem 0 2G+0", "SRAT104"),
    (X86, "mem 1 34G+32G", "mem 1 0xfffffffffffff000+8K", "SRAT105"),
    (X86, "apic 1 2..3", "apic 1 2..3\napic 0 3", "SRAT201"),
    (X86, "apic 1 2..3", "apic 1 2..3\napic 1 3", "SRAT202"),
    (X86, "mem 1 34G+32G", "mem 0x4000 34G+32G", "SRAT401"),
    (X86, "10 21\n21 10", "10 21\n21 11", "SLIT005"),
    (X86, "10 21\n21 10", "10 9\n21 10", "SLIT006"),
    (X86, "10 21\n21 10", "10", "SLIT013"),
    (X86, "lapic 0..3 0..3", "lapic 0..3 0..3\nlapic 4 3", "MADT003"),
    (X86, "lapic 0..3 0..3", "lapic 0..3 0..3\nlapic 3 4", "MADT004"),
    (X86, "lapic 0..3 0..3", "lapic 0..3 0..3 off", "MADT005"),
    (X86, "lapic 0..3 0..3", "lapic 0..3 0..3\nbytes 0000", "MADT001"),
    (X86, "lapic 0..3 0..3", "lapic 0..3 0..3 flags=9", "MADT008"),
    (X86, "raw 1 04000000c0fe00000000", "raw 1 04000000c0fe00000000\n" * 2, "MADT009"),
    (X86, "raw 1 04000000c0fe00000000", "raw 1 04000000000000000000", "MADT010"),
    (X86, "raw 2 0009090000000d00", "raw 2 0009090000000e00", "MADT011"),
    (X86, "raw 4 ff050001", "raw 4 ff050007", "MADT012"),
    (X86, "raw 1 04000000c0fe00000000", "", "MADT013"),
    (X86, "lapic 0..3 0..3", "lapic 0..2 0..2\nx2apic 3 3", "MADT014"),
    (X86, "lapic 0..3 0..3", "lapic 0..3 0..3\nlapic 4 255", "MADT017"),
    (ARM, "gicc 0 0 gicr", "gicc 0 0x80000000 gicr", "MADT016"),
    (ARM, "its 0 0x8080000", "its 0 0x8080000\nits 0 0x90a0000", "MADT009"),
    (ARM, "its 0 0\n", "its 0 0\nits 7 1\n", "SRAT313"),
    (X86, "raw 4 ff050001", "raw 4 ff050001\nraw 4 ff050001", "MADT012"),
    (X86, "raw 4 ff050001", "raw 3 000088130000", "MADT012"),
    (X86, "raw 2 0009090000000d00", "raw 2 0009881300000d00", "MADT011"),
    (RANGE, "its 0 0x9080000", "its 0 0x9080000\nits 1 0x9090000", "MADT018"),
    (RANGE, "its 0 0x9080000", "its 0 0x9081000", "MADT019"),
    (RANGE, "its 0 0x9080000", "its 0 0x9080000 flags=2", "MADT008"),
    (
        RANGE,
        "raw 14 0000000008080000000000000800",
        "raw 14 0000000008080000000000000200",
        "MADT020",
    ),
    (RANGE, "0000000003000000", "0000000002000000", "MADT013"),
    (RISCV, "010000000000ff00ff00", "0100000000004000ff00", "MADT021"),
    (RISCV, "imsic_base_address=0x28001000", "imsic_base_address=0", "MADT021"),
    (RISCV, "imsic_base_address=0x28001000", "imsic_base_address=0x28000800", "MADT018"),
    (RISCV, "imsic_base_address=0x28001000", "imsic_base_address=0x28001800", "MADT019"),
    (RISCV, "6000600000000080000d", "6000320000000080000d", "MADT022"),
    (RISCV, "6000600000000080000d", "0000600000000080000d", "MADT022"),
    (RISCV, "raw 26 0101", "raw 26 0100", "MADT009"),
    (RISCV, "raw 26 0101", "raw 26 0201", "MADT015"),
    (RISCV, "00000000000d0000000000800000", "00000000000000000000000000000000", "MADT010"),
    (RISCV, "000d0000000000800000\nraw", "000d000000000080\nraw", "MADT002"),
    (RISCV, IMSIC, IMSIC * 2, "MADT009"),
    (LOONGARCH, "raw 23 0100", "raw 23 0200", "MADT015"),
    (LOONGARCH, "raw 23 010020001000000000001013", "raw 23 01002000100000000000", "MADT002"),
    (LOONGARCH, "raw 23 01002000100000", "raw 23 01000000000000", "MADT010"),
    (LOONGARCH, "corepic 1 1", "corepic 1 1 flags=0x11", "MADT008"),
    (X86, "node 96 3 valid-id leaf", "node 96 2 valid-id leaf", "PPTT005"),
    (X86, "node 96 3 valid-id leaf", "node 96 3 valid-id", "PPTT007"),
    (X86, "node 96 3 valid-id leaf", "node 97 3 valid-id leaf", "PPTT003"),
    (X86, "node 96 3 valid-id leaf", "node 136 3 valid-id leaf", "PPTT004"),
    (X86, "node 96 3 valid-id leaf", "node 96 3 valid-id leaf flags=0x10a", "PPTT011"),
    (X86, "node 96 3 valid-id leaf", "node 96 9 valid-id leaf", "XPPT003"),
    (X86, "domains 0 1 64 1T", "domains 0 1 1 1T", "MSCT008"),
    (X86, "domains 0 1 64 1T", "domains 0 0 64 1T", "MSCT006"),
    (X86, "entry_base_unit=1000", "entry_base_unit=0", "HMAT009"),
    (X86, "memory 1 1", "memory 5 1", "HMAT007"),
    (X86, "memory 1 1", "memory 1 1\nmemory 1 1", "HMAT033"),
    (X86, "memory 1 1", "memory 1 0", "HMAT034"),
    (X86, "memory 1 1", "memory 1 1 flags=0x8001", "HMAT012"),
    (X86, "memory 1 1", "memory 1 1\ncache 1 0", "HMAT035"),
    (X86, "memory 1 1", "memory 1 1\ncache 1 64G", "HMAT035"),
    (X86, "memory 1 1", f"memory 1 1\ncache 1 1G {ONE_OF_TWO}", "HMAT036"),
    (X86, "memory 1 1", "memory 1 1\ncache 1 1G cache_attributes=0x401101", "HMAT014"),
    (X86, "memory 1 1", "memory 1 1\ncache 1 1G address_mode=2", "HMAT013"),
    (X86, "domains 0 1 64 1T", "domains 0 1 64 0", "MSCT009"),
    (X86, "node 0 0 package\nnode 36", "node 0 0 package flags=5\nnode 36", "PPTT007"),
    (CXL, "bridge 2 0x80010000+64K", "bridge 2 0x80010010+64K", "CEDT028"),
    (CXL, "bridge 2 0x80010000+64K", "bridge 2 5G+64K", "CEDT028"),
    (CXL, "bridge 2 0x80010000+64K", "bridge 2 1T+64K", "CEDT028"),
    (CXL, "window 1T+256G 1", "window 0x40000000000000+256G 1", "CEDT029"),
    (CXL, "window 1280G+512G 1,2", "window 1280G+512G 1,1", "CEDT030"),
    (CXL, "bridge 2 0x8001", "system 1\nbridge 2 0x8001", "CEDT031"),
    (CXL, "bridge 2 0x8001", "port 0 0x300 0 protocol=1\nbridge 2 0x8001", "CEDT032"),
    (CXL, "bridge 2 0x8001", "xor 7 0x8000\nbridge 2 0x8001", "CEDT024"),
    (CXL, "bridge 2 0x8001", "xor 2 0x1\nbridge 2 0x8001", "CEDT024"),
    (CXL, "bridge 2 0x80010000+64K", "bridge 1 0x80010000+64K", "CEDT018"),
    (CXL, "bridge 2 0x80010000+64K", "bridge 2 0x80008000+64K", "CEDT025"),
    (CXL, "window 1T+256G 1", "window 1T+256G 9", "CEDT008"),
    (CXL, "window 1280G+512G 1,2", "window 1279G+512G 1,2", "CEDT009"),
    (CXL, "window 1280G+512G 1,2", "window 1280G+256M 1,2", "CEDT023"),
    (CXL, "window 1T+256G 1", "window 1T+0 1", "CEDT021"),
    (PMEM, "range_index=2", "range_index=1", "NFIT002"),
    (PMEM, "mem 1 34G+32G", "mem 1 34G+40G", "XNFT003"),
    (MODULES, FIRST_MODULE, SECOND_MODULE, "NFIT009"),
    (MODULES, SECOND_MODULE, "", "NFIT009"),
    (MODULES, "raw 6 01", "raw 6 07", "NFIT010"),
    (MODULES, "raw 6 0100000001", "raw 6 0100000002", "NFIT007"),
    (MODULES, "raw 7 0200000007", "raw 7 0200000001", "NFIT011"),
    (MODULES, "raw 7 0200000007", "raw 7 0200000017", "NFIT005"),
    (MODULES, "raw 4 0100", "raw 4 0000", "NFIT002"),
    (MODULES, "base_address=66G", "base_address=0x40000000000000", "NFIT004"),
    (PMEM, "base_address=130G", "base_address=100G", "NFIT003"),
    (PMEM, "base_address=130G range_length=64G", "base_address=130G range_length=0", "NFIT004"),
    (PMEM, "range 3 range_index", "range 2 range_index", "XNFT001"),
    (PMEM, "mem 3 130G+64G nonvolatile", "mem 3 130G+64G", "XNFT003"),
    (X86, "raw 1 04000000c0fe00000000", "raw 1 04000000e0fe00000000", "MADT018"),
    (X86, "raw 1 04000000c0fe00000000", "raw 1 04000400c0fe00000000", "MADT019"),
    (X86, "raw 2 0000020000000000", "raw 2 0002000000000000", "MADT011"),
    (X86, "[madt]\n", "[madt]\nlocal_address = 0xfee0000\n", "MADT023"),
    (ARM, "gicr_base_address=0x90020000", "", "MADT020"),
    (ARM, "gicr_base_address=0x90020000", "gicr_base_address=0x90020000 gicv=4096", "MADT025"),
    (ARM, "0000000003000000", "0000000002000000", "MADT013"),
    (LOONGARCH, "raw 20 010300", "raw 20 0103010000000000000000\nraw 20 010300", "MADT009"),
    (LOONGARCH, "40000000c0000000", "4000000000000000", "MADT024"),
    (LOONGARCH, "40000000c0000000", "40000000c1000000", "MADT024"),
    (X86, "node 36 1 valid-id leaf", "node 36 1 valid-id leaf thread", "PPTT013"),
    (X86, "[slit]\n", "[slit]\nlocalities = 1\n", "SLIT017"),
    (X86, "[slit]\n", "[slit]\nlocalities = 3\n", "SLIT017"),
    (X86, "10 21\n21 10", "0 0\n0 0", "SLIT018"),
    (X86, "10 21\n21 10", "255 255\n255 255", "SLIT018"),
    (X86, "apic 1 2..3", "apic 1 2..3\ninitiator 1 pci:0000:00:00.0", "SRAT310"),
    (X86, "mem 1 34G+32G", "mem 1 34G+32G off", "HMAT007"),
    (RANGE, "mem 1 34G+8G", "mem 5 34G+8G", "SRAT405"),
    (RANGE, "mem 1 34G+8G", "mem 1 34G+8G off", "SRAT405"),
    (
        MODULES,
        "0000009000000000",
        "0000000000000000",
        "NFIT010",
    ),
    (
        MODULES,
        "raw 4 0100868",
        "raw 4 020086800000000000000000000000000000000000000000000000000000\nraw 4 0100868",
        "NFIT014",
    ),
    (MODULES, "0800000000000000000000", "0400000000000000000000", "NFIT009"),
    (PMEM, "base_address=130G", "base_address=1300G", "XNFT004"),
]


@pytest.mark.parametrize(
    ("machine", "sound", "wrong", "code"), SEEDS, ids=[f"{s[3]}-{s[2]!r}" for s in SEEDS]
)
def test_the_rule_finds_it(machine: str, sound: str, wrong: str, code: str) -> None:
    """As a warning at least, and among the listed findings."""
    spec = MACHINES[machine]
    assert sound in spec
    found = [f for f in findings(spec.replace(sound, wrong, 1)) if f.severity > Severity.INFO]
    assert code in {finding.id for finding in found}, [(f.id, f.message) for f in found]
