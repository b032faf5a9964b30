"""What distributions do with new memory from user space: rules of udev."""

from __future__ import annotations

import re

from srat_tool.base.values import NamedTuple


class UdevRule(NamedTuple):
    """A rule that writes to the state file of each new memory block that is offline.

    Attributes:
        release: kernels of distributions that ship it.
        bare: what it writes on bare metal; virtual: in a guest.
        source: the file.
    """

    release: re.Pattern[str]
    bare: str
    virtual: str
    source: str


UDEV_RULES = (
    # Not on s390 and ppc64, of which no machine has an SRAT. The same from 7.6 to 10.
    UdevRule(
        re.compile(r"\.el(?:7|8|9|10)(?:_|\b)"),
        "online_movable",
        "online",
        "40-redhat.rules of Red Hat Enterprise Linux (without a hypervisor online_movable)",
    ),
    # Everywhere but under z/VM, since SLE 12 SP3 (its changelog, bsc#1076696).
    UdevRule(
        re.compile(r"-\d{1,6}(?:\.\d{1,6}){0,4}-default\b"),
        "online",
        "online",
        "80-hotplug-cpu-mem.rules of SUSE",
    ),
)


def udev_rule(release: str | None) -> UdevRule | None:
    """Return the rule of the distribution that a kernel release names; None without one."""
    return next((rule for rule in UDEV_RULES if rule.release.search(release or "")), None)
