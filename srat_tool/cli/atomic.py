"""Files that are whole or not there: written next to their target, put on the disk, renamed."""

from __future__ import annotations

import contextlib
import os
import signal
import stat
import threading
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from types import FrameType

_ENDING = (signal.SIGTERM, signal.SIGHUP)


def replace_file(target: Path, data: bytes | bytearray, *, new: bool = False) -> None:
    """Write a file; the old one stays until the new one is on the disk.

    Args:
        target: the file, no link.
        data: its bytes.
        new: whether it counts as new though it is there: it gets the permissions of a new file.

    Raises:
        OSError: when that is not possible; nothing is left of the new one then.
    """
    old = target.stat() if target.exists() and not new else None
    handle, place = _new_file_in(target.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            _take_after(handle, old)
            os.fsync(handle)
        place.replace(target)
    except BaseException:
        place.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _new_file_in(folder: Path) -> tuple[int, Path]:
    for number in count():
        place = folder / f".srattool-{os.getpid()}-{number}"
        try:
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
            return os.open(place, flags, 0o600), place
        except FileExistsError:
            continue
    raise AssertionError("count() ends")


def _take_after(handle: int, old: os.stat_result | None) -> None:
    """Give a new file the permissions and the owner of the one that it replaces."""
    if old is None:
        mask = os.umask(0)
        os.umask(mask)
        os.fchmod(handle, 0o666 & ~mask)
        return
    with contextlib.suppress(PermissionError):  # only root gives files away
        os.fchown(handle, old.st_uid, old.st_gid)
    os.fchmod(handle, stat.S_IMODE(old.st_mode))


def _sync_folder(folder: Path) -> None:
    """Put the new name on the disk, where a file system can do that for a folder."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


class _EndedError(BaseException):
    """A signal that ends the program arrived; what was begun is undone first."""

    def __init__(self, number: int) -> None:
        self.number = number


@contextlib.contextmanager
def undone_by_signals() -> Iterator[None]:
    """Let a signal that would end the program at once end what is inside first.

    An interrupt is an exception anyway. Signals that are already handled or ignored stay so.
    """
    mine = []
    if threading.current_thread() is threading.main_thread():
        mine = [number for number in _ENDING if signal.getsignal(number) is signal.SIG_DFL]
    for number in mine:
        signal.signal(number, _end)
    try:
        yield
    except _EndedError as error:
        signal.signal(error.number, signal.SIG_DFL)
        os.kill(os.getpid(), error.number)
        raise
    finally:
        for number in mine:
            signal.signal(number, signal.SIG_DFL)


def _end(number: int, _frame: FrameType | None) -> None:
    raise _EndedError(number)
