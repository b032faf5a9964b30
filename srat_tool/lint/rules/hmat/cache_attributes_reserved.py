"""The attributes of a memory side cache hold reserved values.

Checks:
    Total levels or level above 3, associativity or write policy above 2, address mode above 1.

Why it matters:
    The values mean nothing.

What Linux does:
    Linux reports such a cache as "other".

How to fix:
    Write a defined value.

References:
    ACPI 6.5, 5.2.28.5; fwts; AcpiView.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.hmat_view import HmatView
from srat_tool.lint.rule import Example, HmatRule


class CacheAttributesReserved(HmatRule):
    id = "HMAT013"
    severity = Severity.ERROR
    examples = (
        Example(
            "associativity 5",
            """\
[hmat]
entries = '''
cache 0 1G cache_attributes=0x400511
'''
""",
            findings=("entry 0 (memory side cache): associativity is 5, above 2 is reserved",),
        ),
        Example(
            "one level, direct mapped",
            """\
[hmat]
entries = '''
cache 0 1G cache_attributes=0x400111
'''
""",
        ),
    )

    def check(self, hmat: HmatView) -> Iterator[Hit]:
        for entry in hmat.caches:
            for what, value, most in (
                ("total levels", entry.total_levels, 3),
                ("level", entry.level, 3),
                ("associativity", entry.associativity, 2),
                ("write policy", entry.write_policy, 2),
            ):
                if value > most:
                    message = f"{what} is {value}, above {most} is reserved"
                    yield hmat.at(entry, "cache_attributes", message)
            if entry.address_mode > 1:
                message = f"address mode is {entry.address_mode}, above 1 is reserved"
                yield hmat.at(entry, "address_mode", message)
