"""An address range has no addresses.

Checks:
    A length of 0; a base and a length that together pass the end of the address space, which is
    an error; an end above the 52 bits of a physical address; a base or a length that is no
    multiple of 4096.

Why it matters:
    There is nothing to map, or what there is does not begin on a page.

What Linux does:
    Linux cannot create the region.

How to fix:
    Correct base and length, or leave the range out.

References:
    ACPI 6.5, 5.2.25.2.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.units import PAGE_SIZE
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.nfit_view import NfitView
from srat_tool.lint.rule import Example, NfitRule


class RangeEmpty(NfitRule):
    id = "NFIT004"
    severity = Severity.WARNING
    examples = (
        Example(
            "no bytes",
            """\
[nfit]
entries = '''
range 0 range_index=1 base_address=4G range_length=0
'''
""",
            findings=("entry 0 (address range): the length is 0",),
        ),
        Example(
            "past the end",
            """\
[nfit]
entries = '''
range 0 range_index=1 base_address=0xfffffffffffff000 range_length=8K
'''
""",
            findings=(
                (
                    "entry 0 (address range): base 0xfffffffffffff000 plus length 0x2000 "
                    "passes the end of addresses"
                ),
            ),
        ),
        Example(
            "a range",
            """\
[nfit]
entries = '''
range 0 range_index=1 base_address=4G range_length=4G
'''
""",
        ),
    )

    def check(self, nfit: NfitView) -> Iterator[Hit]:
        for entry in nfit.ranges:
            base, length = entry.base_address, entry.range_length
            if not length:
                yield nfit.at(entry, "range_length", "the length is 0")
            elif base + length > 1 << 64:
                message = f"base {base:#x} plus length {length:#x} passes the end of addresses"
                yield nfit.at(entry, "base_address", message)._replace(severity=Severity.ERROR)
            elif base + length > nfit.settings.highest_address[0]:
                most, whose = nfit.settings.highest_address
                message = f"base {base:#x} plus length {length:#x} ends above {whose}, {most:#x}"
                yield nfit.at(entry, "base_address", message)
            elif base % PAGE_SIZE or length % PAGE_SIZE:
                message = f"base {base:#x} and length {length:#x} are not whole pages"
                yield nfit.at(entry, "base_address", message)
