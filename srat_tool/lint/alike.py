"""Hits with one cause: a fault of a template or of a copied block is one finding."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

from srat_tool.lint.hit import Hit

MAX_APART = 2
"""Hits that are alike and are still listed one by one."""


@dataclass
class _Group:
    hits: list[Hit] = field(default_factory=list)
    count: int = 0

    def listed(self) -> list[Hit]:
        if self.count <= MAX_APART:
            return self.hits
        first = self.hits[0]
        return [first._replace(message=f"{first.message}, and {self.count - 1} more like it")]


def one_of_many(hits: Iterable[Hit], most: int) -> tuple[list[Hit], int]:
    """Return what is listed of the hits of one rule, and how many others there are.

    Of more than two hits that are alike the first is listed, and counts the others.

    Args:
        hits: of one rule, any number.
        most: how many are listed.
    """
    groups: dict[Hashable, _Group] = {}
    lost = 0
    for hit in hits:
        lost += hit.more
        group = groups.get(hit.likeness)
        if group is None:
            if len(groups) == most:
                lost += 1 + hit.others
                continue
            group = groups[hit.likeness] = _Group()
        group.count += 1 + hit.others
        if len(group.hits) < MAX_APART:
            group.hits.append(hit)
    listed = [hit for group in groups.values() for hit in group.listed()]
    return listed[:most], lost + max(0, len(listed) - most)
