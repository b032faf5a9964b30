"""Memory is faster or slower than memory can be.

Checks:
    A latency of memory below 10 ns or above 100 us, or a bandwidth below 100 MB/s or above 10
    TB/s, after Linux's conversion.

Why it matters:
    Units have slipped: latencies are in picoseconds since revision 2, bandwidths in megabytes a
    second.

What Linux does:
    Linux reports the numbers and builds memory tiers from them.

How to fix:
    Check the base unit.

References:
    ACPI 6.5, 5.2.28.4; Linux hmat_normalize.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.hmat_view import NUMBERS, HmatView
from srat_tool.lint.rule import Example, HmatRule


def _outside(low: int, high: int) -> Callable[[int, int], bool]:
    """Return the test for numbers that are read and lie outside of a range."""
    return lambda raw, normal: raw < 1 << 32 and not low <= normal <= high


_LATENCY = _outside(10, 100_000)
_BANDWIDTH = _outside(100, 10_000_000)


class LatencyImplausible(HmatRule):
    id = "HMAT023"
    severity = Severity.WARNING
    topic = NUMBERS
    yields_to = ("HMAT005",)
    examples = (
        Example(
            "nanoseconds for picoseconds",
            """\
[hmat]
entries = '''
locality access-latency 0 0 100 entry_base_unit=1
'''
""",
            findings=("entry 0 (latency and bandwidth): 1 ns from domain 0 to 0",),
        ),
        Example(
            "100 ns",
            """\
[hmat]
entries = '''
locality access-latency 0 0 100 entry_base_unit=1000
'''
""",
        ),
    )

    def check(self, hmat: HmatView) -> Iterator[Hit]:
        for entry in hmat.localities:
            if entry.hierarchy or entry.data_type > 5 or not entry.entry_base_unit:
                continue
            unit = "ns" if entry.is_latency else "MB/s"
            if found := hmat.those_where(entry, _LATENCY if entry.is_latency else _BANDWIDTH):
                value, count = found
                message = f"{value.normal} {unit} from domain {value.initiator} to {value.target}"
                more = f", and {count - 1} more like it" if count > 1 else ""
                yield hmat.at(entry, "entry_base_unit", message + more)
