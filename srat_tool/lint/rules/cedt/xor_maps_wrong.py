"""The XOR maps of a granularity are too few, or listed twice.

Checks:
    Two XOR map structures of one granularity; and a window with XOR arithmetic whose maps are
    fewer than its targets need: one for 2 and 6 targets, two for 4 and 12, three for 8, four
    for 16; a map of 0 counts as none. Also a reserved granularity, more than four maps, and a map
    with bits below the granularity.

Why it matters:
    Each map gives one bit of the target's number.

What Linux does:
    Linux rejects the window for which there are too few maps, and of two structures it is not
    defined which one it uses.

How to fix:
    List the maps of a granularity once, and all of them.

References:
    CXL 3.1, 9.18.1.4; Linux drivers/cxl/acpi.c cxl_parse_cxims.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.cedt_view import CedtView
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.rule import CedtRule, Example
from srat_tool.tables.cedt import Cxims

MAX_GRANULARITY, MAX_MAPS = 6, 4
MAPS_AT = 8
NEEDED = {2: 1, 6: 1, 4: 2, 12: 2, 8: 3, 16: 4}


class XorMapsWrong(CedtRule):
    id = "CEDT024"
    severity = Severity.WARNING
    examples = (
        Example(
            "no map for two targets",
            """\
[cedt]
entries = '''
bridge 1 0x80000000+64K
bridge 2 0x80010000+64K
window 64G+512M 1,2 volatile type3 arithmetic=1
xor 0 -
'''
""",
            findings=("entry 3 (XOR maps): 0 maps, and entry 2 (window) needs 1",),
        ),
        Example(
            "one granularity twice",
            """\
[cedt]
entries = '''
bridge 1 0x80000000+64K
bridge 2 0x80010000+64K
window 64G+512M 1,2 volatile type3 arithmetic=1
xor 0 0x1000
xor 0 0x2000
'''
""",
            findings=("entry 4 (XOR maps): granularity 0 again, first in entry 3",),
        ),
        Example(
            "one map for two targets",
            """\
[cedt]
entries = '''
bridge 1 0x80000000+64K
bridge 2 0x80010000+64K
window 64G+512M 1,2 volatile type3 arithmetic=1
xor 0 0x1000
'''
""",
        ),
    )

    def check(self, cedt: CedtView) -> Iterator[Hit]:
        known: dict[int, Cxims] = {}
        for maps in cedt.xor_maps:
            if maps.granularity > MAX_GRANULARITY:
                message = f"granularity {maps.granularity} is reserved"
                yield cedt.at(maps, "granularity", message)
            if maps.map_count > MAX_MAPS:
                message = f"{maps.map_count} maps, and no window needs more than {MAX_MAPS}"
                yield cedt.at(maps, "map_count", message)
            least = 256 << min(maps.granularity, MAX_GRANULARITY)
            low = next((at for at, one in enumerate(maps.maps) if one % least), None)
            if low is not None:
                message = f"map {maps.maps[low]:#x} has bits below the granularity of {least}"
                yield cedt.inside(maps, MAPS_AT + 8 * low, 8, message)
            first = known.setdefault(maps.granularity, maps)
            if first is not maps:
                place = cedt.number(first)
                message = f"granularity {maps.granularity} again, first in entry {place}"
                yield cedt.at(maps, "granularity", message)
        for window in cedt.windows:
            found = known.get(window.granularity) if window.arithmetic == 1 else None
            wanted = NEEDED.get(window.ways or 0, 0)
            used = sum(map(bool, found.maps)) if found is not None else wanted
            if found is not None and used < wanted:
                what = f"{used} maps" if used == found.map_count else f"{used} maps that are not 0"
                yield cedt.at(found, "map_count", f"{what}, and {cedt.name(window)} needs {wanted}")
