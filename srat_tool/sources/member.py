"""One file of an archive, read forwards only."""

from __future__ import annotations

from typing import Protocol

_STEP = 1 << 18
SPARSE = "a sparse file"


class Stream(Protocol):
    """What can be read forwards."""

    def read(self, size: int, /) -> bytes:
        """Return the next bytes, fewer only at the end."""
        ...


class Member:
    """A file of an archive; what is not read of it can be skipped.

    Args:
        name: as the archive states it: shown, never used as a path.
        size: bytes that the archive declares.
        stream: where they come from.
        padding: bytes after them that belong to no structure.
        kind: why the bytes are not those of the file, such as `a sparse file`; None for a file
            that is stored whole.
        target: the path that a link leads to; None for other members.
    """

    __slots__ = ("_padding", "_stream", "kind", "left", "name", "size", "target")

    def __init__(
        self,
        name: str,
        size: int,
        stream: Stream,
        padding: int = 0,
        *,
        kind: str | None = None,
        target: str | None = None,
    ) -> None:
        self.name = name
        self.size = size
        self.left = size
        self.kind = kind
        self.target = target
        self._stream = stream
        self._padding = padding

    def read(self, most: int) -> bytes:
        """Return the next bytes, fewer than asked for only at the end."""
        part = self._stream.read(min(most, self.left))
        self.left -= len(part)
        return part

    def skip(self) -> bool:
        """Skip to the end; return whether all declared bytes were there."""
        while self.left:
            if not self.read(_STEP):
                return False
        self._stream.read(self._padding)
        return True
