"""HMAT and SLIT disagree about which memory is nearer.

Checks:
    For some initiator and two targets with memory, the HMAT gives the first a lower latency and
    the SLIT gives it a larger distance; 255 is none.

Why it matters:
    Programs that use the one behave differently from those that use the other.

What Linux does:
    Linux uses the SLIT for allocation order and the HMAT for memory tiers.

How to fix:
    Align the two tables.

References:
    Practice.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.hmat_view import HmatView
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule
from srat_tool.lint.slit_view import SlitView
from srat_tool.lint.srat_view import SratView
from srat_tool.tables.slit import UNREACHABLE


def _rows(
    hmat: HmatView, slit: SlitView, srat: SratView | None
) -> Iterator[tuple[int, list[tuple[int, int, int]]]]:
    """Yield each initiator and, by latency, (latency, distance, target) of memory it reaches.

    A generic port is no memory, and 255 is no distance.
    """
    memory = None if srat is None else srat.memory_domains
    for initiator, values in sorted(hmat.latencies.items()):
        distances = dict(enumerate(slit.slit.row(initiator)))
        row = [
            (value, distance, target)
            for target, value in values.items()
            if (distance := distances.get(target, UNREACHABLE)) != UNREACHABLE
            and (memory is None or target in memory)
        ]
        yield initiator, sorted(row)


def _contradiction(row: list[tuple[int, int, int]]) -> tuple[int, int] | None:
    """Return a target and one of more latency that is nearer by the SLIT; one pass."""
    far: tuple[int, int, int] | None = None
    for same in (list(group) for _, group in groupby(row, key=lambda item: item[0])):
        if far is not None and same[0][1] < far[1]:
            return far[2], same[0][2]
        top = max(same, key=lambda item: item[1])
        far = top if far is None or top[1] > far[1] else far
    return None


class HmatSlitContradict(MachineRule):
    id = "HMAT021"
    severity = Severity.WARNING
    needs = ("SLIT", "HMAT")
    follows = ("HMAT017", "HMAT018", "HMAT019", "HMAT022", "HMAT026")
    examples = (
        Example(
            "near by the one, far by the other",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 1 4G+4G
mem 2 8G+4G
'''
[slit]
matrix = '''
10 30 20
30 10 20
20 20 10
'''
[hmat]
entries = '''
locality access-latency 0 0,1,2 100,200,300 entry_base_unit=1000
'''
""",
            findings=(
                (
                    "from domain 0, domain 1 has less latency than domain 2, and the SLIT "
                    "declares it farther"
                ),
            ),
        ),
        Example(
            "the same order",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 1 4G+4G
mem 2 8G+4G
'''
[slit]
matrix = '''
10 20 30
20 10 20
30 20 10
'''
[hmat]
entries = '''
locality access-latency 0 0,1,2 100,200,300 entry_base_unit=1000
'''
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        slit = machine.slit
        if slit is None or not slit.is_valid:
            return
        for hmat in machine.every(HmatView):
            for initiator, row in _rows(hmat, slit, machine.srat):
                if pair := _contradiction(row):
                    yield hmat.hit(
                        f"from domain {initiator}, domain {pair[0]} has less latency than domain"
                        f" {pair[1]}, and the SLIT declares it farther",
                        alike="order",
                    )
