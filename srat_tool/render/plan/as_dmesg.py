"""A plan as the lines that its kernel would print."""

from __future__ import annotations

from srat_tool.plan.plan import Plan
from srat_tool.render.look import DEFAULT, Look


def plan_dmesg(plan: Plan, look: Look = DEFAULT) -> str:
    """Return the log lines that the kernel prints, without timestamps."""
    del look
    return "\n".join((*plan.log, plan.panic) if plan.panic else plan.log)
