"""Two processors have one ACPI processor UID.

Checks:
    Enabled structures of one type with different ids whose ACPI processor UID is the same.

Why it matters:
    The UID connects a processor to its object in the namespace and to its node in the PPTT.

What Linux does:
    Linux finds the processor of a namespace object or of a PPTT node by its UID and takes the
    first: the other one has no frequency control, no idle states and no caches.

How to fix:
    Give each processor the UID of its own object.

References:
    ACPI 6.5, 5.2.12.2 and 6.1.12; Linux drivers/acpi/processor_core.c.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.madt_view import MadtView, Reported
from srat_tool.lint.rule import Example, MadtRule


class DuplicateUid(MadtRule):
    id = "MADT004"
    severity = Severity.WARNING
    examples = (
        Example(
            "UID 1 for two APIC ids",
            """\
[madt]
entries = '''
lapic 0 0
lapic 1 1
lapic 1 2
'''
""",
            findings=("entry 2 (local APIC): UID 1 is that of entry 1 too",),
        ),
        Example(
            "each UID once",
            """\
[madt]
entries = '''
lapic 0..3 0..3
'''
""",
        ),
    )

    def check(self, madt: MadtView) -> Iterator[Hit]:
        seen: dict[tuple[int, int], Reported] = {}
        for cpu in madt.cpus:
            if cpu.enabled and cpu.entry.type != 7:
                first = seen.setdefault((cpu.entry.type, cpu.uid), cpu)
                if first.key != cpu.key or (cpu.key.space == "uid" and first is not cpu):
                    field = "acpi_processor_id" if cpu.entry.type == 17 else "acpi_processor_uid"
                    message = f"UID {cpu.uid} is that of entry {madt.number(first.entry)} too"
                    hit = madt.at(cpu.entry, field, message)
                    yield hit._replace(alike=madt.distance(first.entry, cpu.entry))
