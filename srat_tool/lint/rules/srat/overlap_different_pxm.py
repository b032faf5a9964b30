"""Two enabled memory ranges of different proximity domains share addresses.

Checks:
    Two enabled memory entries of different domains intersect. A warning when the memory map
    shows that there is no RAM in one of them, because Linux then never compares them.

Why it matters:
    A byte can belong to one node only, so one of the entries is wrong.

What Linux does:
    Linux prints "node N [mem ...] overlaps with node N [mem ...]" and refuses the whole NUMA
    configuration: one faked node. FreeBSD prints "Overlapping memory entries" and Xen refuses the
    table too.

How to fix:
    Split the ranges so that each byte has one domain.

References:
    Linux numa_cleanup_meminfo; observed with Linux 5.10, 6.1, 6.12 and 7.2. fwts and iasl are
    silent about it.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule
from srat_tool.lint.srat_view import Range, SratView, overlaps_in
from srat_tool.tables.srat import MemoryFlags

HOT_PLUGGABLE, NON_VOLATILE = int(MemoryFlags.HOT_PLUGGABLE), int(MemoryFlags.NON_VOLATILE)


class OverlapDifferentPxm(MachineRule):
    id = "SRAT101"
    severity = Severity.ERROR
    examples = (
        Example(
            "the second node begins inside the first",
            """\
[srat]
entries = '''
apic 0 0
apic 1 1
mem 0 0+4G
mem 1 3G+4G
'''
""",
            findings=(
                (
                    "entry 3 (memory, domain 1): [mem 0xc0000000-0x1bfffffff] overlaps entry 2 "
                    "(memory, domain 0) [mem 0x00000000-0xffffffff]"
                ),
            ),
        ),
        Example(
            "the second node begins where the first ends",
            """\
[srat]
entries = '''
apic 0 0
apic 1 1
mem 0 0+4G
mem 1 4G+4G
'''
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        for srat in machine.every(SratView):
            solid = [item for item in srat.ranges if not machine.lacks_ram(item, srat)]
            errors = overlaps_in(solid)
            others = [pair for pair in srat.overlaps if pair not in errors]
            for first, second in (*errors, *others):
                if first.domain != second.domain:
                    yield self._hit(srat, first, second, machine)

    def _hit(self, srat: SratView, first: Range, second: Range, machine: LintMachine) -> Hit:
        message = f"{second.text} overlaps {srat.name(first.entry)} {first.text}"
        hit = srat.at(second.entry, "base_address", message)._replace(
            values=srat.nodes_of(first, second)
        )
        if not (machine.lacks_ram(first, srat) or machine.lacks_ram(second, srat)):
            return hit
        # An NVDIMM inside a window for memory to come is what hypervisors describe.
        both = first.entry.flags | second.entry.flags
        expected = both & HOT_PLUGGABLE and both & NON_VOLATILE
        return hit._replace(
            severity=Severity.INFO if expected else Severity.WARNING,
            why="Linux compares only ranges that contain RAM, and one of these has none.",
        )
