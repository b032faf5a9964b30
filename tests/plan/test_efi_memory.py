from srat_tool.kernel.memblock import Memblock, MemblockFlags
from srat_tool.observe.bootlog import parse_boot_log
from srat_tool.plan.efi_memory import add_efi_memory, mark_unmapped

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
