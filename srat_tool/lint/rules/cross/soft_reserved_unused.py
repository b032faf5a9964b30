"""Memory that firmware set apart cannot be used.

Checks:
    In the plan, no driver takes a part of the soft-reserved memory (EFI_MEMORY_SP).

Why it matters:
    The memory is there, and no program can use it.

What Linux does:
    With a HMAT the ranges of the SRAT are registered first; before 7.0 a range that holds other
    resources, too, gives no device, and what a CXL window is over is left to CXL; since then a
    device over the whole range of the SRAT is made, which kmem cannot take when something is in it.

How to fix:
    Let ranges of the SRAT end where the soft-reserved ranges end, put each into a node, and let
    firmware program the decoders of CXL windows.

References:
    Linux drivers/dax/hmem and hmat_register_target_devices.
"""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.base.units import format_size
from srat_tool.lint.hit import Hit, Severity
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.rule import Example, PlanRule


class SoftReservedUnused(PlanRule):
    id = "XMAP008"
    severity = Severity.WARNING
    examples = (
        Example(
            "outside of every node",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
'''
[memory]
ram = ["0+4G"]
soft_reserved = ["8G+2G"]
[kernel]
version = "6.12"
""",
            findings=(
                (
                    "2G of soft-reserved memory at 0x200000000 has no use: it is in no node, so "
                    "kmem refuses it"
                ),
            ),
        ),
        Example(
            "in a node",
            """\
[srat]
entries = '''
apic 0 0
mem 0 0+4G
mem 1 8G+2G
'''
[memory]
ram = ["0+4G"]
soft_reserved = ["8G+2G"]
[kernel]
version = "6.12"
""",
        ),
    )

    def check(self, machine: LintMachine) -> Iterator[Hit]:
        plan, srat = machine.plan, machine.srat
        if plan is None or srat is None or not plan.late_inputs:
            return
        for piece in plan.after_zones.soft_reserved:
            if piece.mode is None and piece.owner in {"nobody", "hmem"}:
                yield srat.hit(
                    f"{format_size(piece.span.size)} of soft-reserved memory at "
                    f"{piece.span.start:#x} has no use: {piece.why}"
                )
