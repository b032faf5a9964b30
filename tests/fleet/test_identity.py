"""What machines call themselves."""

from __future__ import annotations

import pytest

from srat_tool.base.rawtable import Origin, RawTable
from srat_tool.fleet.identity import identity_of
from srat_tool.fleet.row import MachineIdentity
from srat_tool.sources.found import Evidence, Role
from tests.fleet.fleets import dmidecode
from tests.fleet.tables import Shape, raw_tables


def _one(role: Role, text: str, label: str = "x") -> Evidence:
    return Evidence(role, label, text.encode())


def test_dmidecode_is_read_by_section() -> None:
    """The version of the firmware, not that of the board; the kernel's log counts less."""
    found = identity_of(
        [
            _one(Role.BOOT_LOG, "[    0.000000] DMI: Other Thing/Board, BIOS 9 01/01/2001\n"),
            _one(Role.DMI, dmidecode("R1", "2.5")),
            _one(Role.HOST_NAME, "db1.example.org\n"),
        ]
    )
    assert found == MachineIdentity("db1.example.org", "Maker", "R1", "2.5", "01/02/2026")


@pytest.mark.parametrize(
    ("line", "vendor", "product", "version", "date"),
    [
        (
            "DMI: Dell Inc. PowerEdge R815/0THJFH, BIOS 3.2.2 09/15/2014",
            *("Dell Inc.", "PowerEdge R815", "3.2.2", "09/15/2014"),
        ),
        (
            "DMI: Microsoft Corporation Virtual Machine/Virtual Machine, BIOS 090008  12/07/2018",
            *("Microsoft Corporation", "Virtual Machine", "090008", "12/07/2018"),
        ),
        (
            "DMI: HP ProLiant DL165 G7, BIOS O37 02/02/2012",
            *("HP", "ProLiant DL165 G7", "O37", "02/02/2012"),
        ),
        (
            "DMI: LENOVO 42912XC/42912XC, BIOS 8DET58WW (1.28 ) 02/14/2012",
            *("LENOVO", "42912XC", "8DET58WW (1.28 )", "02/14/2012"),
        ),
    ],
)
def test_the_line_of_a_log(line: str, vendor: str, product: str, version: str, date: str) -> None:
    """Maker and product are parted, the board is left out."""
    found = identity_of([_one(Role.BOOT_LOG, f"[    0.000000] {line}\r\nnext\n")])
    assert found == MachineIdentity(None, vendor, product, version, date)


def test_tables_name_their_maker() -> None:
    """The SRAT does, else the first table; a table that is cut names what is left."""
    tables = raw_tables(Shape())
    assert identity_of((), tables) == MachineIdentity(oem="SRATTL FLEET")
    cut = RawTable(Origin(path="x"), b"SSDT\0\0\0\0\0\0MAKER")
    assert identity_of((), [cut, *tables]).oem == "SRATTL FLEET"
    assert identity_of((), [cut]).oem == "MAKER"


def test_files_of_sysfs_and_uname() -> None:
    """One value a file; what makers leave blank is not known."""
    folder = "x/sys/class/dmi/id"
    found = identity_of(
        [
            _one(Role.DMI, "To Be Filled By O.E.M.\n", f"{folder}/product_name"),
            _one(Role.DMI, "1.2\n", f"{folder}/bios_version"),
            _one(Role.DMI, "secret\n", f"{folder}/product_serial"),
            _one(Role.RELEASE, "Linux node7 6.1.0-9-amd64 #1 SMP x86_64 GNU/Linux\n"),
        ]
    )
    assert found == MachineIdentity(host="node7", bios_version="1.2")
