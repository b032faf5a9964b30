"""Tables in front of an initrd."""

from __future__ import annotations

import gzip

from srat_tool.base.rawtable import OriginKind
from tests.sources.samples import found_in, initrd, reasons_in, slit, srat, tables_in

ACPI = "kernel/firmware/acpi/"


def test_override_tables() -> None:
    """Only the kernel's own folder counts; other entries are passed over."""
    data = initrd(("kernel", b""), (ACPI + "srat.aml", srat()), ("etc/SLIT", slit()))
    found = found_in(data)
    assert [t.data for t in found.tables] == [srat()]
    assert found.tables[0].origin.kind is OriginKind.INITRD


def test_archives_after_each_other() -> None:
    """Microcode first, then tables, then the compressed initrd, which is not opened."""
    data = initrd(("kernel/x86/microcode/x.bin", b"\1" * 77)) + initrd((ACPI + "s", srat()))
    data += gzip.compress(initrd((ACPI + "t", slit())))
    assert tables_in(data) == [srat()]
    assert "the initrd proper" in reasons_in(data)


def test_cut_and_lying_entries() -> None:
    """An entry that runs past the end is refused, those before it stay."""
    data = initrd((ACPI + "a", srat()), (ACPI + "b", srat()))
    cut = data[: data.rindex(b"070701") - 8]
    assert tables_in(cut) == [srat()]
    assert "runs past the end" in reasons_in(cut)
    lying = data.replace(b"%08X" % len(srat()), b"FFFFFFFF")
    assert tables_in(lying) == []
