"""The region mappings of a range do not make it up.

Checks:
    A region mapping of size 0; two mappings of one device to one range; and, where everything
    could be read, a range whose mappings are more or fewer than the interleave ways that they
    state, or together not as large as the range; an offset that is not in the range.

Why it matters:
    A range that is interleaved over devices has one mapping for each of them.

What Linux does:
    Linux takes the mappings as they are. Where one is missing the region cannot be enabled:
    "missing mappings".

How to fix:
    List one mapping for each device of the range, and the number of them as the ways.

References:
    ACPI 6.5, 5.2.25.3; Linux drivers/acpi/nfit/core.c acpi_nfit_register_region.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from srat_tool.base.words import plural
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.nfit_view import MAPPING, NfitView, OtherStructure
from srat_tool.lint.rule import Example, NfitRule
from srat_tool.tables.nfit import SpaRange


class MappingImplausible(NfitRule):
    id = "NFIT009"
    severity = Severity.WARNING
    follows = ("NFIT002", "NFIT004", "NFIT006", "NFIT007")
    examples = (
        Example(
            "one of two ways",
            """\
[nfit]
entries = '''
range 0 range_index=1 base_address=4G range_length=4G
raw 1 0100000000000000010001000000000001000000000000000000000000000000000000000000020000000000
raw 4 01000000000000000000000000000000000000000000000000000000
'''
""",
            findings=("entry 1 (region mapping): 2 ways, and the range has 1 mapping",),
        ),
        Example(
            "half of the range",
            """\
[nfit]
entries = '''
range 0 range_index=1 base_address=4G range_length=8G
raw 1 0100000000000000010001000000000001000000000000000000000000000000000000000000010000000000
raw 4 01000000000000000000000000000000000000000000000000000000
'''
""",
            findings=("entry 1 (region mapping): 0x100000000 bytes of a range of 0x200000000",),
        ),
        Example(
            "one device",
            """\
[nfit]
entries = '''
range 0 range_index=1 base_address=4G range_length=4G
raw 1 0100000000000000010001000000000001000000000000000000000000000000000000000000010000000000
raw 4 01000000000000000000000000000000000000000000000000000000
'''
""",
        ),
    )

    def check(self, nfit: NfitView) -> Iterator[Hit]:
        found: dict[int, list[OtherStructure]] = {}
        devices: dict[tuple[int, int], OtherStructure] = {}
        for one in nfit.others(MAPPING):
            number = one["range"]
            first = devices.setdefault((one["handle"], number), one)
            found.setdefault(number, []).append(one)
            if first is not one and number:
                message = f"the device and range of entry {nfit.number(first.entry)} again"
                yield nfit.on(one, "handle", message)
            elif not one["size"]:
                yield nfit.on(one, "size", "the size is 0")
        if nfit.could_be_read:
            for entry in nfit.ranges:
                yield from _judge(nfit, entry, found.get(entry.range_index, []))


def _judge(nfit: NfitView, entry: SpaRange, mappings: list[OtherStructure]) -> Iterator[Hit]:
    odd = next((one for one in mappings if max(1, one["ways"]) != len(mappings)), None)
    total = sum(one["size"] for one in mappings)
    if odd is not None:
        text = plural(len(mappings), "mapping")
        yield nfit.on(odd, "ways", f"{odd['ways']} ways, and the range has {text}")
    elif mappings and all(one["size"] for one in mappings) and total != entry.range_length:
        sizes = Counter(one["size"] for one in mappings)
        usual = sizes.most_common(1)[0][0]
        unlike = next((one for one in mappings if one["size"] != usual), mappings[-1])
        message = f"{total:#x} bytes of a range of {entry.range_length:#x}"
        yield nfit.on(unlike, "size", message)
    for one in mappings:
        if one["offset"] >= max(1, entry.range_length):
            message = f"offset {one['offset']:#x} in a range of {entry.range_length:#x} bytes"
            yield nfit.on(one, "offset", message)
