"""The rows of loongarch64."""

from __future__ import annotations

from srat_tool.kernel.history_loongarch64 import HISTORY
from srat_tool.kernel.profile import EfiMemory, WindowRule


def test_pages_are_of_16_kib() -> None:
    """So are the largest blocks of the page allocator and the sections larger than on x86."""
    arch = HISTORY[-1].arch
    assert arch.page_bytes == 16 << 10
    assert arch.max_order_pages * arch.page_bytes == 32 << 20
    assert arch.section_bytes == 512 << 20


def test_what_linux_does_not_have_there() -> None:
    """No CXL windows, no numa= option, no acpi=off; RAM comes by the types of the EFI map."""
    for row in HISTORY:
        assert row.windows is WindowRule.IGNORED
        assert (row.numa_words, row.knows_acpi_off) == ((), False)
        assert row.efi_memory is EfiMemory.BY_TYPE
