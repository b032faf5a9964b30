"""Which boot of several is read, and that it is reported."""

from __future__ import annotations

import pytest

from srat_tool.base.errors import SourceError
from srat_tool.observe.bootlog import parse_boot_log
from srat_tool.observe.boots import pick_boot

ZONES = "Zone ranges:"


def _boot(number: int, *, whole: bool = True) -> list[str]:
    return [f"Linux version 6.{number}.0", *([ZONES] if whole else [])]


def test_the_last_that_is_whole() -> None:
    """A log often ends in the middle of a boot, or of its first lines."""
    lines = [*_boot(1), *_boot(2), *_boot(3, whole=False)]
    found = pick_boot(lines)
    assert (found.number, found.boots, list(found.lines)) == (2, 3, _boot(2))
    assert pick_boot(_boot(1, whole=False) + _boot(2, whole=False)).number == 2


@pytest.mark.parametrize(("choice", "number"), [("first", 1), ("last", 3), (2, 2)])
def test_the_one_that_was_asked_for(choice: int | str, number: int) -> None:
    """By number or by name, whole or not."""
    lines = [*_boot(1), *_boot(2), *_boot(3, whole=False)]
    assert pick_boot(lines, choice).number == number


@pytest.mark.parametrize("choice", [0, 4, "next"])
def test_there_is_no_such_boot(choice: int | str) -> None:
    """The message lists the valid choices."""
    with pytest.raises(SourceError, match=r"first, last or 1 to 3"):
        pick_boot([*_boot(1), *_boot(2), *_boot(3)], choice)


def test_lines_above_the_first_boot() -> None:
    """They belong to it, unless they are the end of an earlier one."""
    above = ["Booting Linux on physical CPU 0x0", *_boot(1)]
    assert (pick_boot(above).boots, list(pick_boot(above).lines)) == (1, above)
    version_at_the_end = [ZONES, "# cat /proc/version", *_boot(1, whole=False)]
    assert pick_boot(version_at_the_end).boots == 1
    two = [ZONES, *_boot(1)]
    assert (pick_boot(two).number, pick_boot(two).boots) == (2, 2)
    assert list(pick_boot(two, 1).lines) == [ZONES]


def test_nothing_is_no_boot() -> None:
    """An empty log holds none."""
    assert pick_boot([]).boots == 0
    assert pick_boot([""]).boots == 0


def test_why_this_boot() -> None:
    """The last whole one, the last where none is, or the one that was asked for."""
    start, zones = "Linux version 6.1.0\n", "Zone ranges:\n"
    two = parse_boot_log(start + zones + start + zones + start)
    assert (two.boot, two.boot_because) == (2, "the last that reaches its zones")
    none = parse_boot_log(start + start)
    assert (none.boot, none.boot_because) == (2, "the last, none reaches its zones")
    assert parse_boot_log(start + zones + start, 1).boot_because == ""
    assert parse_boot_log(start + zones + start, "last").boot_because == ""
