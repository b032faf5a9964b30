"""Workers of a Dask cluster as an executor of `concurrent.futures`; an extra, `srattool[dask]`.

The workers read the files by the same paths, so they need the same file system and this program.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from dataclasses import dataclass
from typing import Any

from srat_tool.base.errors import PeerError

_TIMEOUT = "10s"
# A working folder is the whole process's: a worker with several threads does one task at a time.
_ALONE = threading.Lock()


@dataclass(frozen=True, slots=True)
class Remote:
    """A function that runs in another process with the working folder of this one.

    Attributes:
        folder: the working folder.
        work: the function.
    """

    folder: str
    work: Callable[[Any], Any]

    @classmethod
    def here(cls, work: Callable[[Any], Any]) -> Remote:
        """Return a function that works as if it ran in this process."""
        return cls(os.getcwd(), work)  # noqa: PTH109 - is sent as text

    def __call__(self, item: Any) -> Any:
        """Do the work for an item."""
        with _ALONE:
            os.chdir(self.folder)
            return self.work(item)


class Cluster:
    """A Dask cluster.

    Args:
        address: of its scheduler.

    Raises:
        PeerError: when Dask is not installed.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        try:
            import distributed  # noqa: PLC0415 - an extra
        except ImportError as error:
            raise PeerError(
                "Dask is not installed", where="--executor", hint="pip install 'srattool[dask]'"
            ) from error
        self._dask: Any = distributed

    def _client(self) -> Any:
        try:
            return self._dask.Client(self.address, timeout=_TIMEOUT, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as error:
            raise PeerError("no scheduler answers", where=self.address, got=error) from error

    def workers(self) -> int:
        """Return how many workers the cluster has.

        Raises:
            PeerError: when no scheduler answers, or it has no worker.
        """
        with self._client() as client:
            count = len(client.scheduler_info(n_workers=-1)["workers"])
        if not count:
            raise PeerError("the scheduler has no worker", where=self.address)
        return count

    def executor(self) -> Executor:
        """Return an executor that has the work done by the cluster.

        Raises:
            PeerError: when no scheduler answers.
        """
        return _ClusterExecutor(self._client(), self._dask.KilledWorker, self.address)


class _ClusterExecutor(Executor):
    """Dask's own executor, with its errors as those of `concurrent.futures`."""

    def __init__(self, client: Any, killed: type[Exception], address: str) -> None:
        self._client = client
        self._inner = client.get_executor(pure=False)
        self._killed = killed
        self._address = address

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Send a call; a task that killed several workers is one of a broken executor."""
        outer: Future[Any] = Future()
        inner = self._inner.submit(fn, *args, **kwargs)
        inner.add_done_callback(lambda done: self._pass_on(done, outer))
        return outer

    def _pass_on(self, done: Future[Any], outer: Future[Any]) -> None:
        if outer.cancelled():
            return
        try:
            outer.set_result(done.result())
        except self._killed as error:
            outer.set_exception(BrokenExecutor(str(error)))
        except CancelledError:
            outer.set_exception(PeerError("the scheduler is gone", where=self._address))
        except BaseException as error:  # whatever it is, the caller gets it
            outer.set_exception(error)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Wait for what was sent, or give it up, and leave the cluster."""
        self._inner.shutdown(wait=wait and not cancel_futures)
        if wait:
            self._client.close()
