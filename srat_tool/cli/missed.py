"""What could not be read of the inputs of one command, and what that does to its exit status."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from srat_tool.base.text import printable
from srat_tool.cli.saying import say

if TYPE_CHECKING:
    from srat_tool.sources.found import Refusal

_MAX_LINES = 10
INCOMPLETE = 2


class MissedInputs:
    """Prints each input that was not read, once, and remembers that there was one."""

    def __init__(self) -> None:
        self._seen: set[Refusal] = set()

    def __call__(self, refusals: Sequence[Refusal]) -> None:
        """Print what is new among the refusals to standard error."""
        new = [one for one in dict.fromkeys(refusals) if one not in self._seen]
        self._seen.update(new)
        for one in new[:_MAX_LINES]:
            say(printable(f"srattool: not read: {one.label}: {one.reason}"))
        if len(new) > _MAX_LINES:
            more = len(new) - _MAX_LINES
            say(f"srattool: not read: {more} more; try srattool extract --list")

    def status(self, answered: object) -> object:
        """Return the exit status: 2 where the answer may lack what was not read."""
        return INCOMPLETE if self._seen else answered
