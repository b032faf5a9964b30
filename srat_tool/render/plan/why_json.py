"""The answer of `srattool why` as JSON: schema `srattool.why/1`."""

from __future__ import annotations

from typing import Any

from srat_tool.plan.why import Why
from srat_tool.render.plan.explain_json import explain_value

SCHEMA = "srattool.why/1"


def why_value(answer: Why) -> dict[str, Any]:
    """Return the answer as JSON values."""
    chain = explain_value(answer.chain)
    del chain["schema"]
    return {
        "schema": SCHEMA,
        "target": answer.target,
        "conclusion": answer.conclusion,
        "remedy": answer.remedy,
        "seen": list(answer.seen),
        "chain": chain,
        "assumptions": list(answer.assumptions),
    }
