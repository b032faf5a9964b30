"""An attached initiator is not in the SRAT.

Checks:
    A structure of type 0 with flag bit 0 names an initiator domain that no enabled SRAT entry
    has.

Why it matters:
    The memory is attached to nothing.

What Linux does:
    The handler fails, and the entire HMAT is ignored.

How to fix:
    Add the SRAT entry, correct the domain, or clear the flag.

References:
    Linux hmat_parse_proximity_domain.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.hmat_view import HmatView
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, MachineRule


class InitiatorNotInSrat(MachineRule):
    id = "HMAT008"
    severity = Severity.ERROR
    severities = {"spec": Severity.WARNING}
    needs = ("SRAT",)
    yields_to = ("HMAT007",)
    examples = (
        Example(
            "a domain that does not exist",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
'''
[hmat]
entries = '''
memory 0 7
'''
""",
            findings=("entry 0 (memory attributes): no enabled entry of the SRAT is in domain 7",),
        ),
        Example(
            "memory without an initiator",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
'''
[hmat]
entries = '''
memory 0 7 unattached
'''
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        srat = machine.srat
        if srat is None:
            return
        for hmat in machine.every(HmatView):
            for entry in hmat.attributes:
                if entry.initiator_valid and entry.initiator_domain not in srat.node_of:
                    message = f"no enabled entry of the SRAT is in domain {entry.initiator_domain}"
                    about = f"domain {entry.initiator_domain}"
                    yield hmat.at(entry, "initiator_domain", message)._replace(about=about)
