"""The errors that end a command; each carries its facts and builds a one-line message.

A malformed table is not an error (it is a `Defect`), and neither is anything that a kernel would
report about one (that is a boot event).
"""

from __future__ import annotations

from srat_tool.base.text import printable, shortened

_MAX_WORDS = 300


class SratToolError(Exception):
    """An error that a user can cause and correct.

    Args:
        what: what is wrong, lower case, no full stop.
        where: the path, option or key as the user gave it; an offset is appended as `+0x0058`.
        offset: byte offset inside `where`.
        got: what was found.
        expected: what would have been right.
        hint: what to try next, as an imperative.
    """

    details: tuple[str, ...] = ()
    """Further lines, safe for a terminal, below the message."""

    def __init__(
        self,
        what: str,
        *,
        where: str | None = None,
        offset: int | None = None,
        got: object = None,
        expected: object = None,
        hint: str | None = None,
    ) -> None:
        self.what = what
        self.where = where
        self.offset = offset
        self.got = got
        self.expected = expected
        self.hint = hint
        super().__init__(self.message)

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle the facts, so that an error of another process is the same here."""
        return _restored, (type(self), self.args), self.__dict__

    @property
    def reason(self) -> str:
        """What is wrong and what to try, for lists that name the place themselves."""
        return self.what if self.hint is None else f"{self.what}; try {self.hint}"

    @property
    def message(self) -> str:
        """*where: what, got X, expected Y; try Z*, on one line, safe for a terminal.

        What comes from outside is cut where it is long.
        """
        text = shortened(self.what)
        if self.got is not None:
            text += f", got {shortened(str(self.got))}"
        if self.expected is not None:
            text += f", expected {self.expected}"
        if self.hint is not None:
            text += f"; try {self.hint}"
        place = [] if self.where is None else [shortened(self.where)]
        if self.offset is not None:
            place.append(f"+0x{self.offset:04x}")
        return printable(": ".join([*place, text]))


def _restored(kind: type[SratToolError], arguments: tuple[object, ...]) -> SratToolError:
    return kind.__new__(kind, *arguments)


class NameMissingError(SratToolError):
    """The user asked which names there are, by naming none: no fault, exit status 0.

    Args:
        listing: the answer, one name a line, for standard output.
        where: what the user named.
    """

    def __init__(self, listing: str, *, where: str) -> None:
        self.listing = listing
        super().__init__("a name is missing", where=where)


class SourceError(SratToolError):
    """A file, folder or stream cannot be read, or contains nothing usable."""


class BudgetError(SourceError):
    """Reading on would cost more than the user allowed (unpacked bytes, depth, table size)."""


class DecodeError(SratToolError):
    """Bytes that are not even the start of an ACPI table."""


class SpecError(SratToolError):
    """A spec, or an edit, that cannot be turned into bytes."""


class BootOptionError(SratToolError):
    """A boot option, kernel profile or configuration value that cannot be used."""


class PeerError(SratToolError):
    """Another program that the user asked for is missing or failed."""


def internal_error(error: Exception) -> str:
    """Return one line for an error that is no fault of an input: place, class and words."""
    import traceback  # noqa: PLC0415 - never needed, one hopes

    at = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{at.filename.rpartition('/')[2]}:{at.lineno}"
    return printable(f"internal error at {place}: {type(error).__name__}: {error}"[:_MAX_WORDS])
