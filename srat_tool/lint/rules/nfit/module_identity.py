"""Two devices are one module.

Checks:
    Region mappings of different devices that lead to one control region, or to control regions with
    one vendor, device and serial number, or that state one SMBIOS handle. A number of 0 or of
    all ones is none.

Why it matters:
    Each module has a serial number and an SMBIOS structure of its own.

What Linux does:
    The labels of a namespace are checked against a cookie of the serial numbers and vendors of
    its modules. With a wrong number existing namespaces are not found, and the modules look like
    one in /sys and to ndctl.

How to fix:
    State the numbers of each module.

References:
    ACPI 6.5, 5.2.25.3 and 5.2.25.6; Linux drivers/acpi/nfit/core.c
    acpi_nfit_init_interleave_set.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.nfit_view import CONTROL_REGION, MAPPING, NfitView, OtherStructure
from srat_tool.lint.rule import Example, NfitRule

UNKNOWN_SERIAL, UNKNOWN_HANDLE = {0, 0xFFFFFFFF}, {0, 0xFFFF}
_MAPPING = "0000010001000000000001000000000000000000000000000000000000000000020000000000"
_SECOND = "0000010002000000000001000000000000000000000000000000000000000000020000000000"
_CONTROL = "008680" + "00" * 16
_MACHINE = f"""\
[nfit]
entries = '''
range 0 range_index=1 base_address=4G range_length=8G
raw 1 01000000{{}}{_MAPPING}
raw 1 02000000{{}}{_SECOND}
raw 4 01{_CONTROL}{{}}00000000
raw 4 02{_CONTROL}{{}}00000000
'''
"""


class ModuleIdentity(NfitRule):
    id = "NFIT013"
    severity = Severity.WARNING
    follows = ("NFIT006",)
    examples = (
        Example(
            "one serial number",
            _MACHINE.format("1000", "1100", "78563412", "78563412"),
            findings=("entry 4 (control region): serial number 0x12345678 is that of entry 3 too",),
        ),
        Example(
            "one SMBIOS handle",
            _MACHINE.format("1000", "1000", "78563412", "79563412"),
            findings=("entry 2 (region mapping): SMBIOS handle 0x10 is that of entry 1 too",),
        ),
        Example(
            "one control region",
            _MACHINE.format("1000", "1100", "78563412", "79563412").replace(
                "raw 1 02000000110000000100020000", "raw 1 02000000110000000100010000"
            ),
            findings=(
                "entry 2 (region mapping): control region 1 is that of the device of entry 1 too",
            ),
        ),
        Example("two modules", _MACHINE.format("1000", "1100", "78563412", "79563412")),
    )

    def check(self, nfit: NfitView) -> Iterator[Hit]:
        regions = {one["index"]: one for one in nfit.others(CONTROL_REGION)}
        handles: dict[int, OtherStructure] = {}
        modules: dict[bytes, OtherStructure] = {}
        for one in nfit.others(MAPPING):
            number = one["physical id"]
            first = handles.setdefault(number, one)
            if first["handle"] != one["handle"] and number not in UNKNOWN_HANDLE:
                place = nfit.number(first.entry)
                message = f"SMBIOS handle {number:#x} is that of entry {place} too"
                yield nfit.on(one, "physical id", message)
            region = regions.get(one["control region"])
            if region is None or region["serial"] in UNKNOWN_SERIAL:
                continue
            same = modules.setdefault(nfit.identity(region), one)
            if same["handle"] == one["handle"]:
                continue
            if same["control region"] == region["index"]:
                what = f"control region {region['index']} is that of"
                message = f"{what} the device of entry {nfit.number(same.entry)} too"
                yield nfit.on(one, "control region", message)
            else:
                serial = f"serial number {region['serial']:#x} is that of"
                owner = nfit.number(regions[same["control region"]].entry)
                yield nfit.on(region, "serial", f"{serial} entry {owner} too")
