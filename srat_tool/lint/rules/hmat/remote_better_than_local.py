"""Remote memory is faster than local memory.

Checks:
    For some proximity domain the latency to its local memory is higher, or the bandwidth lower,
    than from another initiator to the same memory.

Why it matters:
    Rows and columns are mixed up, or the numbers are.

What Linux does:
    Linux picks the wrong best initiator and the wrong memory tier.

How to fix:
    Check the order of initiators and targets.

References:
    Linux hmat_register_target_initiators; every peer is silent about it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import chain, compress
from math import inf
from operator import gt, lt

from srat_tool.lint.alike import MAX_APART
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.hmat_view import NUMBERS, HmatView
from srat_tool.lint.rule import Example, HmatRule


class RemoteBetterThanLocal(HmatRule):
    id = "HMAT017"
    severity = Severity.WARNING
    topic = NUMBERS
    follows = ("HMAT019", "HMAT022", "HMAT005")
    examples = (
        Example(
            "rows and columns mixed up",
            """\
[hmat]
entries = '''
locality access-latency 0,1 0,1 200,100,100,200 entry_base_unit=1000
'''
""",
            findings=(
                "latency of domain 1 to its local memory is 200, from domain 0 it is 100",
                "latency of domain 0 to its local memory is 200, from domain 1 it is 100",
            ),
        ),
        Example(
            "local is faster",
            """\
[hmat]
entries = '''
locality access-latency 0,1 0,1 100,200,200,100 entry_base_unit=1000
'''
""",
        ),
    )

    def check(self, hmat: HmatView) -> Iterator[Hit]:
        for kind, rows in (("latency", hmat.latencies), ("bandwidth", hmat.bandwidths)):
            local = {target: row[target] for target, row in rows.items() if target in row}
            for target, initiators in _nearer(rows, local, less=kind == "latency").items():
                listed = initiators if len(initiators) <= MAX_APART else initiators[:1]
                for initiator in listed:
                    message = f"{kind} of domain {target} to its local memory is {local[target]}"
                    message = f"{message}, from domain {initiator} it is {rows[initiator][target]}"
                    yield hmat.hit(
                        message,
                        *hmat.place_of(kind, initiator, target),
                        alike=(kind, target),
                        others=len(initiators) - len(listed),
                    )


def _nearer(
    rows: dict[int, dict[int, int]], local: dict[int, int], *, less: bool
) -> dict[int, list[int]]:
    """Return the initiators that are better off with a target's memory than the target itself.

    Args:
        rows: numbers by initiator, then target.
        local: the targets' own.
        less: whether less is better.
    """
    is_better, worst = (lt, 0) if less else (gt, inf)
    own = dict.fromkeys(chain.from_iterable(rows.values()), worst) | local
    found: dict[int, list[int]] = defaultdict(list)
    for initiator, row in rows.items():
        owns = map(own.__getitem__, row)
        for target in compress(row, map(is_better, row.values(), owns)):
            found[target].append(initiator)
    return found
