"""`movablecore=` and `kernelcore=` as the series reads them (patches 3 and 13).

*Mirrors:* mm/page_alloc.c `cmdline_parse_movablecore`, lib/cmdline.c `memparse`, 3.9 and 3.10.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from srat_tool.base.units import PAGE_SHIFT, U64

# Linux: T, P and E came later, so `1T` is one byte here.
_SUFFIXES = {"K": 10, "M": 20, "G": 30}
_NUMBER = re.compile(r"0[xX](?P<hex>[0-9a-fA-F]+)|0(?P<octal>[0-7]*)|(?P<decimal>[1-9][0-9]*)|")


@dataclass(frozen=True, slots=True, kw_only=True)
class CoreOptions:
    """What the command line left behind.

    Attributes:
        switch_on: `movablecore=acpi` was given.
        kernelcore: pages stored by `kernelcore=`.
        movablecore: pages stored by `movablecore=SIZE`.
        unread: `movablecore=` values that were not read as a size because the switch was on.
    """

    switch_on: bool = False
    kernelcore: int = 0
    movablecore: int = 0
    unread: tuple[str, ...] = ()


def memparse(text: str) -> int:
    """Read a size as `simple_strtoull` with base 0 and one suffix do; what follows is ignored."""
    match = _NUMBER.match(text)
    if match is None:  # pragma: no cover (the pattern matches the empty string)
        return 0
    digits, base = "0", 10
    for group, radix in (("hex", 16), ("octal", 8), ("decimal", 10)):
        if match[group]:
            digits, base = match[group], radix
    value = int(digits, base) & U64
    suffix = text[match.end() : match.end() + 1].upper()
    return (value << _SUFFIXES.get(suffix, 0)) & U64


def parse_core_options(options: Iterable[str]) -> CoreOptions:
    """Read a command line's options in their order.

    Once `movablecore=acpi` was seen no later `movablecore=` is read as a size, and nothing turns
    the switch off again. Options without a value, and all others, change nothing.
    """
    switch_on, kernelcore, movablecore = False, 0, 0
    unread = []
    for option in options:
        name, given, value = option.partition("=")
        if not given:
            continue
        if name == "kernelcore":
            kernelcore = memparse(value) >> PAGE_SHIFT
        elif name == "movablecore":
            switch_on = switch_on or value == "acpi"
            if not switch_on:
                movablecore = memparse(value) >> PAGE_SHIFT
            elif value != "acpi":
                unread.append(value)
    return CoreOptions(
        switch_on=switch_on, kernelcore=kernelcore, movablecore=movablecore, unread=tuple(unread)
    )
