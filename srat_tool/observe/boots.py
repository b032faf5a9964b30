"""Which boot of a log that holds several is read."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from srat_tool.base.errors import SourceError
from srat_tool.base.numerals import whole

BootChoice: TypeAlias = int | str | None
"""A number from 1 on, `first`, `last`, or None for the last that is whole."""

_START = "Linux version "
# Early lines of some architectures, which come before the first of most.
_BEFORE_START = "Booting Linux on physical CPU"
_REACHES_ZONES = ("Zone ranges:", "Zone PFN ranges:", "Early memory node ranges", "early_node_map[")


def boot_choice(text: str | None) -> BootChoice:
    """Read what `--boot` takes."""
    number = whole(text or "")
    return text if number is None else number


class LoggedBoot(NamedTuple):
    """The lines of one boot, its number from 1 on, how many there are, and why it is this one.

    `because` is empty where the boot was asked for.
    """

    lines: Sequence[str]
    number: int
    boots: int
    because: str


def pick_boot(lines: Sequence[str], choice: BootChoice = None) -> LoggedBoot:
    """Return the boot that is to be read.

    Lines above the first boot belong to it, unless both reach their zones: then they are the end
    of an earlier boot, whose front is lost.

    Raises:
        SourceError: when there is no such boot.
    """
    starts = [at for at, line in enumerate(lines) if line.startswith(_START)]
    starts = [at - 1 if at and lines[at - 1].startswith(_BEFORE_START) else at for at in starts]
    if not starts:
        starts = [0]
    elif starts[0] and not (_is_whole(lines[: starts[0]]) and _reaches(lines, starts)):
        starts[0] = 0
    edges = [*([0] if starts[0] else []), *starts, len(lines)]
    boots = [lines[start:end] for start, end in pairwise(edges)]
    number, because = _last_whole(boots) if choice is None else (_number(boots, choice), "")
    count = len(boots) if any(lines) else 0
    return LoggedBoot(boots[number - 1], number, count, because)


def _reaches(lines: Sequence[str], starts: Sequence[int]) -> bool:
    return _is_whole(lines[starts[0] :])


def _is_whole(lines: Sequence[str]) -> bool:
    return any(line.startswith(_REACHES_ZONES) for line in lines)


def _last_whole(boots: Sequence[Sequence[str]]) -> tuple[int, str]:
    reaching = [at for at, lines in enumerate(boots, 1) if _is_whole(lines)]
    if reaching:
        return reaching[-1], "the last that reaches its zones"
    return len(boots), "the last, none reaches its zones"


def _number(boots: Sequence[Sequence[str]], choice: int | str) -> int:
    number = {"first": 1, "last": len(boots)}.get(str(choice), choice)
    if isinstance(number, int) and 1 <= number <= len(boots):
        return number
    raise SourceError(
        "no such boot",
        where="--boot",
        got=str(choice),
        expected=f"first, last or 1 to {len(boots)}",
    )
