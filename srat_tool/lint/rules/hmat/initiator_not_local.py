"""Memory with processors is attached to another domain.

Checks:
    A structure of type 0 that names another attached initiator than the memory domain, where that
    domain has processors.

Why it matters:
    The processors of the domain are those that the memory is attached to.

What Linux does:
    Linux registers the stated initiator as the nearest one of the node, instead of its own
    processors.

How to fix:
    State the memory domain as the attached initiator, or correct the SRAT.

References:
    ACPI 6.5, 5.2.28.3; Linux drivers/acpi/numa/hmat.c hmat_register_target_initiators.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.hmat_view import NUMBERS, HmatView
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule


class InitiatorNotLocal(MachineRule):
    id = "HMAT034"
    severity = Severity.WARNING
    topic = NUMBERS
    yields_to = ("HMAT008", "HMAT026", "HMAT033")
    examples = (
        Example(
            "memory 1 attached to 0",
            """\
[srat]
entries = '''
apic 0 0
apic 1 1
mem 0 0+4G
mem 1 4G+4G
'''
[hmat]
entries = '''
memory 0 0
memory 1 0
'''
""",
            findings=(
                "entry 1 (memory attributes): attached to domain 0, and domain 1 has processors",
            ),
        ),
        Example(
            "memory without processors",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 1 4G+4G
'''
[hmat]
entries = '''
memory 0 0
memory 1 0
'''
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        local = machine.srat.cpu_domains if machine.srat is not None else set()
        for hmat in machine.every(HmatView):
            for entry in hmat.attributes:
                initiator, memory = entry.initiator_domain, entry.memory_domain
                stated = entry.initiator_valid and hmat.names_memory(entry)
                if stated and initiator != memory and memory in local:
                    message = f"attached to domain {initiator}, and domain {memory} has processors"
                    yield hmat.at(entry, "initiator_domain", message)
