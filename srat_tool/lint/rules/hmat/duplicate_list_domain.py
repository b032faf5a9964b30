"""A matrix lists a domain twice.

Checks:
    The same domain twice in an initiator list or in a target list.

Why it matters:
    The two rows or columns may differ.

What Linux does:
    Linux uses the first.

How to fix:
    Remove one of them.

References:
    Linux hmat_initiator_perf.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.hmat_view import NUMBERS, HmatView
from srat_tool.lint.rule import Example, HmatRule


class DuplicateListDomain(HmatRule):
    id = "HMAT019"
    severity = Severity.WARNING
    topic = NUMBERS
    examples = (
        Example(
            "a target twice",
            """\
[hmat]
entries = '''
locality access-latency 0 0,0 10,20 entry_base_unit=1000
'''
""",
            findings=("entry 0 (latency and bandwidth): target domain 0 is listed 2 times",),
        ),
        Example(
            "each domain once",
            """\
[hmat]
entries = '''
locality access-latency 0 0,1 10,20 entry_base_unit=1000
'''
""",
        ),
    )

    def check(self, hmat: HmatView) -> Iterator[Hit]:
        for entry in hmat.localities:
            for kind, field in (("initiator", "initiators"), ("target", "targets")):
                counts = Counter(getattr(entry, field))
                for domain in sorted(domain for domain, count in counts.items() if count > 1):
                    message = f"{kind} domain {domain} is listed {counts[domain]} times"
                    yield hmat.listed(entry, field, domain, message)
