"""Flush hints belong to no device, or are no addresses.

Checks:
    Flush hint addresses of a device that no region mapping names, of a device a second time, or
    without an address; an address that is 0 or not a multiple of 8.

Why it matters:
    Writes can be lost at a power failure that are believed to be stored.

What Linux does:
    Linux ignores hints of an unknown device, and those after the first of a device. It writes eight
    bytes at each address to make writes last.

How to fix:
    State the device handle of a region mapping; list each device once.

References:
    ACPI 6.5, 5.2.25.8; Linux drivers/acpi/nfit/core.c.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.nfit_view import ADDRESS_BYTES, FLUSH_HINTS, MAPPING, NfitView
from srat_tool.lint.rule import Example, NfitRule


class FlushHints(NfitRule):
    id = "NFIT010"
    severity = Severity.WARNING
    follows = ("NFIT007", "NFIT007")
    examples = (
        Example(
            "hints of device 9",
            """\
[nfit]
entries = '''
range 0 range_index=1 base_address=4G range_length=4G
raw 1 0100000000000000010001000000000001000000000000000000000000000000000000000000010000000000
raw 4 01000000000000000000000000000000000000000000000000000000
raw 6 0900000001000000000000000000009000000000
'''
""",
            findings=("entry 3 (flush hint addresses): no region mapping is of device 0x9",),
        ),
        Example(
            "address 0",
            """\
[nfit]
entries = '''
range 0 range_index=1 base_address=4G range_length=4G
raw 1 0100000000000000010001000000000001000000000000000000000000000000000000000000010000000000
raw 4 01000000000000000000000000000000000000000000000000000000
raw 6 0100000001000000000000000000000000000000
'''
""",
            findings=("entry 3 (flush hint addresses): address is 0x0",),
        ),
        Example(
            "hints of a device",
            """\
[nfit]
entries = '''
range 0 range_index=1 base_address=4G range_length=4G
raw 1 0100000000000000010001000000000001000000000000000000000000000000000000000000010000000000
raw 4 01000000000000000000000000000000000000000000000000000000
raw 6 0100000001000000000000000000009000000000
'''
""",
        ),
    )

    def check(self, nfit: NfitView) -> Iterator[Hit]:
        handles = {one["handle"] for one in nfit.others(MAPPING)}
        seen: set[int] = set()
        for one in nfit.others(FLUSH_HINTS):
            handle = one["handle"]
            if handle not in handles and nfit.could_be_read:
                yield nfit.on(one, "handle", f"no region mapping is of device {handle:#x}")
            elif handle in seen:
                yield nfit.on(one, "handle", f"hints of device {handle:#x} again")
            elif not one["count"]:
                yield nfit.on(one, "count", "there is no address")
            seen.add(handle)
            for at, address in one.addresses(nfit.raw.data):
                if address % ADDRESS_BYTES or not address:
                    yield nfit.inside(one.entry, at, ADDRESS_BYTES, f"address is {address:#x}")
