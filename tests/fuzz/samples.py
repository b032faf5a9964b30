"""Sound inputs to start from: one of each kind of source."""

from __future__ import annotations

import bz2
import gzip
import lzma

from srat_tool.authoring import volume
from srat_tool.sources.tiano import EFI_STANDARD
from tests.sources.samples import dump, efi_compress, initrd, noise, slit, srat, table
from tests.sources.test_archive import SOS
from tests.sources.test_listing import FIELDS, listing
from tests.sources.test_tar import archive
from tests.sources.test_zipped import zipped
from tests.support import CORPUS


def samples() -> dict[str, bytes]:
    """Return one sound input of each kind, and the images of the corpus where there is one."""
    tables = (srat(), slit(8), table(b"SSDT", noise(700)))
    tiano = volume.raw(srat())
    head = len(tiano).to_bytes(4, "little") + b"\x01"
    section = volume.section(1, head + efi_compress(tiano, dialect=EFI_STANDARD))
    found = {
        "table": srat(),
        "tables": b"".join(tables),
        "acpidump": dump(*tables) * 2,
        "listing": listing(FIELDS),
        "cpio": initrd(("kernel/firmware/acpi/a", srat()), ("kernel/firmware/acpi/b", slit())),
        "tar": archive(SOS),
        "zip": zipped(SOS),
        "gzip": gzip.compress(archive(SOS)),
        "bzip2": bz2.compress(dump(*tables)),
        "xz": lzma.compress(dump(*tables)),
        "compression section": volume.volume([volume.file(volume.ACPI_TABLE_STORAGE, section)]),
        "loose": noise(999) + srat() + noise(99) + slit(),
    }
    for packing in ("fv", "lzma", "lzma-x86", "crc32", "stored"):
        found[packing] = volume.wrap(tables, packing=packing, nested=2)
    for path in sorted((CORPUS / "firmware" / "good").glob("edk2*")):
        found[path.name] = path.read_bytes()
    return found
