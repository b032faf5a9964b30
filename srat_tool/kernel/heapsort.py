"""The kernel's own sorting, whose order of equal elements differs from Python's.

*Mirrors:* lib/sort.c `sort`, since 5.2.
"""

from __future__ import annotations

from collections.abc import Callable


def heapsort(items: list[int], compare: Callable[[int, int], int]) -> None:
    """Sort in place by a comparison that need not be transitive."""
    root, size = len(items) // 2, len(items)
    if root == 0:
        return
    while True:
        if root:
            root -= 1
        else:
            size -= 1
            if size == 0:
                return
            items[0], items[size] = items[size], items[0]
        _sift(items, compare, root, size)


def _sift(items: list[int], compare: Callable[[int, int], int], root: int, size: int) -> None:
    """Move an element down into the heap: to a leaf first, then back up to where it belongs."""
    place = root
    while 2 * place + 2 < size:
        left = 2 * place + 1
        place = left if compare(items[left], items[left + 1]) >= 0 else left + 1
    if 2 * place + 2 == size:
        place = 2 * place + 1
    while place != root and compare(items[root], items[place]) >= 0:
        place = (place - 1) // 2
    target = place
    while place != root:
        place = (place - 1) // 2
        items[place], items[target] = items[target], items[place]
