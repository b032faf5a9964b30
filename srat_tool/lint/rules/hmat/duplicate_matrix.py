"""Two matrices are of the same kind.

Checks:
    Two structures of type 1 with the same hierarchy, data type and minimum transfer size.

Why it matters:
    Which of them counts depends on the reader.

What Linux does:
    The last one wins.

How to fix:
    Merge them.

References:
    Linux localities_types.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.hmat_view import NUMBERS, HmatView
from srat_tool.lint.rule import Example, HmatRule


class DuplicateMatrix(HmatRule):
    id = "HMAT022"
    severity = Severity.WARNING
    topic = NUMBERS
    examples = (
        Example(
            "access latency twice",
            """\
[hmat]
entries = '''
locality access-latency 0 0 10 entry_base_unit=1000
locality access-latency 0 0 20 entry_base_unit=1000
'''
""",
            findings=(
                "entry 1 (latency and bandwidth): data type 0 of hierarchy 0 is in entry 0 already",
            ),
        ),
        Example(
            "latency and bandwidth",
            """\
[hmat]
entries = '''
locality access-latency 0 0 10 entry_base_unit=1000
locality access-bandwidth 0 0 20 entry_base_unit=1000
'''
""",
        ),
    )

    def check(self, hmat: HmatView) -> Iterator[Hit]:
        seen: dict[tuple[int, int, int], int] = {}
        for entry in hmat.localities:
            key = (entry.flags, entry.data_type, entry.minimum_transfer_size)
            if key in seen:
                message = f"data type {entry.data_type} of hierarchy {entry.hierarchy}"
                yield hmat.at(entry, "data_type", f"{message} is in entry {seen[key]} already")
            seen.setdefault(key, hmat.number(entry))
