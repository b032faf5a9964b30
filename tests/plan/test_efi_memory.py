from srat_tool.kernel.memblock import Memblock, MemblockFlags
from srat_tool.observe.bootlog import before_answer, parse_boot_log
from srat_tool.plan.efi_memory import add_efi_memory, add_efi_types, mark_unmapped

LOG = """\
Linux version 6.12.0-arm64
efi: Processing EFI memory map:
efi:   0x000040000000-0x000043ffffff [Conventional|   |  |  |  |  |  |  |  |  |  |   |WB|  |  |  ]
efi:   0x000044000000-0x00004400ffff [Runtime Data|RUN|  |  |  |  |  |  |  |  |  |   |WB|  |  |  ]
efi:   0x000044010000-0x00004401ffff [ACPI Reclaim|   |  |  |  |  |  |  |  |  |  |   |WB|  |  |  ]
efi:   0x000009010000-0x000009010fff [MMIO        |RUN|  |  |  |  |  |  |  |  |  |   |  |  |  |UC]
ACPI: SRAT ACPI table found in initrd [kernel/firmware/acpi/srat.aml][0x11c]
ACPI: FACP 0x0000000044018000 000114 (v06 BOCHS  BXPC     00000001 BXPC 00000001)
ACPI: SRAT 0x0000000043000000 00011C (v03 BOCHS  BXPC     00000100 ORCL 00000001)
"""


def test_what_is_ram_and_what_is_mapped() -> None:
    """Runtime services and copied tables stay out of the direct map, tables of firmware do not."""
    memblock = Memblock()
    log = parse_boot_log(LOG)
    add_efi_memory(memblock, log.efi_map)
    mark_unmapped(memblock, log.efi_map, log)
    assert [(r.base, r.end, r.flags == MemblockFlags.NOMAP) for r in memblock.memory] == [
        (0x40000000, 0x43000000, False),
        (0x43000000, 0x4300011C, True),
        (0x4300011C, 0x44000000, False),
        (0x44000000, 0x44010000, True),
        (0x44010000, 0x44020000, False),
    ]
    assert [r.base for r in memblock.reserved] == [0x44010000]


def test_copied_tables_are_found_by_the_call_that_made_room_for_them() -> None:
    """With acpi=off no list of tables shows where they are."""
    called = LOG[: LOG.index("ACPI: FACP")] + (
        "memblock_phys_alloc_range: 284 bytes align=0x1000 from=0x0 max_addr=0x0"
        " acpi_table_upgrade+0x18c/0x348\n"
        "memblock_reserve: [0x0000000043000000-0x000000004300011b]"
        " memblock_alloc_range_nid+0x104/0x1a8\n"
    )
    memblock, log = Memblock(), parse_boot_log(called)
    add_efi_memory(memblock, log.efi_map)
    mark_unmapped(memblock, log.efi_map, log)
    hidden = [(r.base, r.end) for r in memblock.memory if r.flags == MemblockFlags.NOMAP]
    assert (0x43000000, 0x4300011C) in hidden


LOONGARCH = """\
Linux version 7.2.13+deb14-loong64 (x@y)
SRAT: PXM 0 -> CPU 0x00 -> Node 0
ACPI: SRAT: Node 0 PXM 0 [mem 0x00000000-0x0fffffff]
Node0: mem_type:7, mem_start:0x0, mem_size:0x800000 Bytes
       start_pfn:0x0, end_pfn:0x200, num_physpages:0x200
Resvd: mem_type:6, mem_start:0x800000, mem_size:0x50000 Bytes
Node0: mem_type:9, mem_start:0x850000, mem_size:0xa000 Bytes
       start_pfn:0x214, end_pfn:0x216, num_physpages:0x202
Resvd: mem_type:9, mem_start:0x850000, mem_size:0xa000 Bytes
Node0's addrspace_offset is 0x0
"""


def test_types_alone_decide_on_loongarch64() -> None:
    """Its map has no attributes; tables are RAM and reserved, runtime services are no RAM."""
    log = parse_boot_log(LOONGARCH)
    memblock = Memblock()
    add_efi_types(memblock, log.efi_map)
    assert [(r.base, r.end) for r in memblock.memory] == [(0, 0x800000), (0x850000, 0x85A000)]
    assert [(r.base, r.end) for r in memblock.reserved] == [(0x800000, 0x85A000)]


def test_that_map_is_an_input_though_it_follows_the_srat() -> None:
    """Firmware's map is not part of the kernel's answer, wherever it is printed."""
    told = before_answer(parse_boot_log(LOONGARCH), keep_srat=False)
    assert (len(told.efi_map), told.machine, told.srat_memory) == (3, "loongarch64", ())
    assert not parse_boot_log("Linux version 6.1\nNode 0: something\n").efi
