"""One file of an archive, read forwards only."""

from __future__ import annotations

from typing import Protocol

_STEP = 1 << 18


class Stream(Protocol):
    """What can be read forwards."""

    def read(self, size: int, /) -> bytes:
        """Return the next bytes, fewer only at the end."""
        ...


class Member:
    """A file of an archive; what is not read of it can be skipped.

    Args:
        name: as the archive states it: shown, never used as a path.
        size: bytes that the archive promises.
        stream: where they come from.
        padding: bytes after them that belong to no structure.
    """

    __slots__ = ("_padding", "_stream", "left", "name", "size")

    def __init__(self, name: str, size: int, stream: Stream, padding: int = 0) -> None:
        self.name = name
        self.size = size
        self.left = size
        self._stream = stream
        self._padding = padding

    def read(self, most: int) -> bytes:
        """Return the next bytes, fewer than asked for only at the end."""
        part = self._stream.read(min(most, self.left))
        self.left -= len(part)
        return part

    def skip(self) -> bool:
        """Go to the end; tell whether all promised bytes were there."""
        while self.left:
            if not self.read(_STEP):
                return False
        self._stream.read(self._padding)
        return True
