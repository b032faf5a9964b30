"""Tables that a kernel takes instead of the firmware's: CONFIG_ACPI_TABLE_UPGRADE.

*Mirrors:* `acpi_table_upgrade` and `acpi_table_initrd_override` in drivers/acpi/tables.c (6.1): a
table replaces the firmware's one of the same signature, OEM id and OEM table id when its OEM
revision is higher, and is added when there is no such table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from srat_tool.authoring.cpio import FOLDER_MODE, CpioFile, newc
from srat_tool.base.errors import SpecError
from srat_tool.base.rawtable import RawTable
from srat_tool.grammar.header import decode_header, with_checksum
from srat_tool.tables.header import HEADER_SIZE, Header

FOLDER = "kernel/firmware/acpi"
MAX_TABLES = 64
# table_sigs[] of 6.1, as far as firmware tables are concerned; the rest is silently dropped.
ACCEPTED = frozenset(
    b"BERT BGRT CPEP ECDT EINJ ERST HEST APIC MSCT SBST SLIT SRAT ASF! BOOT DBGP DMAR HPET IBFT "
    b"IVRS MCFG MCHI SLIC SPCR SPMI TCPA UEFI WAET WDAT WDDT WDRT DSDT FACP PSDT RSDT XSDT SSDT "
    b"IORT NFIT HMAT PPTT NHLT AEST CEDT AGDI".split()
)


def upgraded(data: bytes, like: Header | None = None) -> bytes:
    """Return a table that the kernel prefers to the one it replaces, checksum right.

    Args:
        data: the whole table.
        like: header of the table to be replaced; its ids are copied.

    Raises:
        SpecError: when the kernel would drop the table.
    """
    header = decode_header(data)
    name = header.signature.decode("latin-1")
    if header.length != len(data) or len(data) < HEADER_SIZE:
        raise SpecError(
            f"the kernel drops an overriding {name} whose header length is not its size",
            got=f"{header.length} for {len(data)} bytes",
        )
    if header.signature not in ACCEPTED:
        raise SpecError("the kernel takes no such table from an initrd", got=repr(name))
    if like is not None:
        header = header._replace(oem_id=like.oem_id, oem_table_id=like.oem_table_id)
    revision = max(header.oem_revision, like.oem_revision if like else 0)
    if revision == 0xFFFFFFFF:
        raise SpecError(f"the OEM revision of the {name} cannot be raised", got=hex(revision))
    return with_checksum(header._replace(oem_revision=revision + 1), data[HEADER_SIZE:])


def override_archive(tables: Iterable[bytes]) -> bytes:
    """Return the uncompressed archive that must precede an initrd."""
    members = list(_members(tables))
    if len(members) > MAX_TABLES:
        raise SpecError("too many overriding tables", got=len(members), expected=MAX_TABLES)
    folders = [
        CpioFile("/".join(FOLDER.split("/")[:depth]), mode=FOLDER_MODE) for depth in (1, 2, 3)
    ]
    return newc([*folders, *members])


def _members(tables: Iterable[bytes]) -> Iterable[CpioFile]:
    for number, data in enumerate(tables):
        signature = data[:4].decode("latin-1").strip("!")
        yield CpioFile(f"{FOLDER}/{number:02}-{signature}.aml", data)


def headers_by_signature(tables: Sequence[RawTable]) -> dict[bytes, Header]:
    """Return the header of the first table of each signature."""
    found: dict[bytes, Header] = {}
    for table in tables:
        found.setdefault(table.signature, decode_header(table.data))
    return found
