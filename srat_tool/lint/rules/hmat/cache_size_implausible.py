"""A memory side cache has no bytes, or more than its memory.

Checks:
    A memory side cache of size 0, and one that is larger than all memory of its
    domain in the SRAT.

Why it matters:
    A cache holds a part of the memory that is after it.

What Linux does:
    Linux reports the size as it is, in /sys/devices/system/node/node*/memory_side_cache.

How to fix:
    State the size in bytes, or leave the structure out.

References:
    ACPI 6.5, 5.2.28.5; Linux Documentation/admin-guide/mm/numaperf.rst.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.units import format_size
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.hmat_view import HmatView
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule


class CacheSizeImplausible(MachineRule):
    id = "HMAT035"
    severity = Severity.WARNING
    yields_to = ("SRAT118",)
    examples = (
        Example(
            "no bytes",
            """\
[hmat]
entries = '''
cache 0 0
'''
""",
            findings=("entry 0 (memory side cache): the size is 0",),
        ),
        Example(
            "larger than its memory",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
'''
[hmat]
entries = '''
cache 0 8G
'''
""",
            findings=("entry 0 (memory side cache): 8G of cache, and domain 0 has 4G of memory",),
        ),
        Example(
            "a part of it",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
'''
[hmat]
entries = '''
cache 0 1G
'''
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        memory = machine.srat.memory_by_domain if machine.srat is not None else {}
        for hmat in machine.every(HmatView):
            for entry in hmat.caches:
                most = memory.get(entry.memory_domain)
                if not entry.cache_size:
                    yield hmat.at(entry, "cache_size", "the size is 0")
                elif most and entry.cache_size > most:
                    size = f"{format_size(entry.cache_size)} of cache"
                    has = f"domain {entry.memory_domain} has {format_size(most)} of memory"
                    hit = hmat.at(entry, "cache_size", f"{size}, and {has}")
                    yield hit._replace(about=f"domain {entry.memory_domain}")
