"""What decides where ZONE_MOVABLE begins: one row per policy, in the kernel's order of precedence.

*Mirrors:* mm/page_alloc.c `find_zone_movable_pfns_for_nodes` (mm/mm_init.c from 6.4).
"""

from __future__ import annotations

from collections.abc import Sequence

from srat_tool.kernel.boot import Boot
from srat_tool.kernel.movable.mirror import MIRROR
from srat_tool.kernel.movable.movable_node import MOVABLE_NODE
from srat_tool.kernel.movable.sized import SIZED
from srat_tool.kernel.series2013.movable import MOVABLECORE_ACPI
from srat_tool.kernel.zone_policy import Limits, NodeMemory, Placement, Policy

POLICIES: tuple[Policy, ...] = (MOVABLECORE_ACPI, MOVABLE_NODE, MIRROR, SIZED)


def policy_of(boot: Boot) -> Policy | None:
    """Return the policy that decides; None when the options ask for no ZONE_MOVABLE."""
    return next((policy for policy in POLICIES if policy.applies(boot)), None)


def choose(boot: Boot, limits: Limits, memory: Sequence[NodeMemory]) -> Placement:
    """Let the first policy that applies place ZONE_MOVABLE."""
    policy = policy_of(boot)
    return Placement({}) if policy is None else policy.place(boot, limits, memory)
