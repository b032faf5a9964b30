"""A matrix does not have the length that its counts ask for.

Checks:
    A structure of type 1 shorter than 32 + 4I + 4T + 2IT bytes for I initiators and T targets.
    A warning when it is longer.

Why it matters:
    Numbers are missing, or the counts are wrong.

What Linux does:
    "HMAT: Unexpected locality header length:N, minimum required:N", and the whole HMAT is
    dropped.

How to fix:
    Correct the counts or the length.

References:
    Linux hmat_parse_locality; fwts label HMATBadNumProximityDomain; AcpiView.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.hmat_view import NUMBERS, HmatView
from srat_tool.lint.rule import Example, HmatRule


class Type1Length(HmatRule):
    id = "HMAT005"
    severity = Severity.ERROR
    topic = NUMBERS
    examples = (
        Example(
            "a target that is not there",
            """\
[hmat]
entries = '''
locality access-latency 0 0 10 target_count=2
'''
""",
            findings=("entry 0 (latency and bandwidth): length is 42, the counts ask for 48",),
        ),
        Example(
            "counts and length agree",
            """\
[hmat]
entries = '''
locality access-latency 0 0 10
'''
""",
        ),
    )

    def check(self, hmat: HmatView) -> Iterator[Hit]:
        for entry in hmat.entries:
            if entry.type != 1 or not entry.length or hmat.runs_over(entry):
                continue
            needed = 32 + 4 * entry.initiator_count + 4 * entry.target_count
            needed += 2 * entry.initiator_count * entry.target_count
            if entry.length != needed:
                hit = hmat.at(
                    entry, "length", f"length is {entry.length}, the counts ask for {needed}"
                )
                longer = entry.length > needed
                severity = Severity.WARNING if longer else None
                values = () if longer else (entry.length, needed)
                yield hit._replace(severity=severity, values=values)
