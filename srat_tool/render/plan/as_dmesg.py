"""A plan as the lines that its kernel would print."""

from __future__ import annotations

from srat_tool.plan.plan import Plan


def plan_dmesg(plan: Plan) -> str:
    """Return the log lines that the kernel prints, without timestamps."""
    return "\n".join(plan.log)
