"""Policies side by side as JSON values: schema `srattool.policies/1`."""

from __future__ import annotations

from typing import Any

from srat_tool.compare.policies import PolicyComparison
from srat_tool.render.plan.as_json import alternative_value

SCHEMA = "srattool.policies/1"


def policies_value(comparison: PolicyComparison) -> dict[str, Any]:
    """Return JSON values; sizes are bytes."""
    policies = [
        {
            "option": policy.option,
            "kernel": policy.plan.kernel.profile,
            "rejected": policy.plan.rejected,
            "crash": policy.plan.crash,
            "nodes": [share._asdict() for share in policy.shares.values()],
            "assumptions": [assumption._asdict() for assumption in policy.plan.assumptions],
            "alternatives": [alternative_value(one) for one in policy.plan.alternatives],
        }
        for policy in comparison.policies
    ]
    differences = [
        {"nodes": list(difference.nids), "sentence": difference.sentence}
        for difference in comparison.differences
    ]
    return {"schema": SCHEMA, "policies": policies, "differences": differences}
