"""How a row of a kernel's history is written: a base, a release, and what changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from srat_tool.kernel.evidence import ProfileChange, ProfileEvidence
from srat_tool.kernel.profile import KernelProfile


def row(
    base: KernelProfile,
    name: str,
    since: tuple[int, ...],
    *changes: ProfileChange,
    seen: tuple[ProfileEvidence, ...],
    says: Mapping[str, Any] | None = None,
    **answers: Any,
) -> KernelProfile:
    """Return a profile that differs from `base` only by what is given.

    Args:
        base: the profile to start from.
        name: as `--kernel` takes it.
        since: the first release, `(6, 12)` or `(6, 12, 67)`.
        changes: what differs, in words.
        seen: what the row rests on, the best evidence first.
        says: changed fields of `Printk`.
        answers: other changed fields.
    """
    words = replace(base.printk, **(says or {}))
    return replace(
        base, name=name, since=since, changes=changes, rests_on=seen, printk=words, **answers
    )
