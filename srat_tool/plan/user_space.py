"""What distributions do with new memory from user space: rules of udev."""

from __future__ import annotations

import re
from typing import NamedTuple


class UdevRule(NamedTuple):
    """A rule that writes to the state file of each new memory block that is offline.

    Attributes:
        release: kernels of distributions that ship it.
        bare: what it writes on bare metal; virtual: in a guest; None where it writes nothing.
        source: the file.
        makers: what the makers of a guest match in which it writes; None for every guest.
    """

    release: re.Pattern[str]
    bare: str | None
    virtual: str | None
    source: str
    makers: re.Pattern[str] | None = None

    def writes(self, *, virtual: bool, makers: str) -> str | None:
        """Return what it writes on a machine; None where nothing.

        Args:
            virtual: there is a hypervisor.
            makers: the maker of the machine and of its tables, as far as known.
        """
        if not virtual:
            return self.bare
        return self.virtual if self.makers is None or self.makers.search(makers) else None


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
    # The file of 16.04 to 22.04 at least; it asks DMI for the maker.
    UdevRule(
        re.compile(
            r"^\d{1,3}\.\d{1,3}\.0-\d{1,6}(?:\.\d{1,6})?-"
            r"(?:generic|lowlatency|azure|aws|gcp|gke|ibm|kvm|nvidia|oem|oracle|realtime)\b"
        ),
        None,
        "online",
        "40-vm-hotadd.rules of Ubuntu (in guests of Hyper-V and Xen only)",
        re.compile(r"Microsoft Corporation Virtual Machine|\bVRTUAL\b|\bXen\b"),
    ),
)


def udev_rule(release: str | None) -> UdevRule | None:
    """Return the rule of the distribution that a kernel release names; None without one."""
    return next((rule for rule in UDEV_RULES if rule.release.search(release or "")), None)
