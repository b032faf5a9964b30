"""Dask on loopback: the rows of the pool, whatever happens to a worker."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from srat_tool.base.errors import PeerError, SratToolError
from srat_tool.fleet.cluster import Cluster, Remote
from srat_tool.fleet.options import FleetOptions
from srat_tool.fleet.rows import fleet, opened_fleet
from tests.fleet.fleets import make_fleet
from tests.support import ROOT

try:
    import distributed
except ImportError:
    distributed = None  # the extra is not installed

needs_dask = pytest.mark.skipif(
    distributed is None, reason="the extra srattool[dask] is not installed"
)
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


class Loopback:
    """A scheduler and two workers as processes of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder / "scheduler.json"
        self.processes = [
            self._start("scheduler", "--port", "0", "--no-dashboard", "--host", "127.0.0.1")
        ]
        while not self.file.exists():
            assert self.processes[0].poll() is None
            time.sleep(0.05)
        self.workers = [self.worker(), self.worker()]

    def _start(self, kind: str, *words: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "dask", kind, "--scheduler-file", str(self.file)]
        with (self.folder / f"{kind}.log").open("ab") as log:
            return subprocess.Popen(
                [*command, *words], cwd=self.folder, env=ENVIRONMENT, stdout=log, stderr=log
            )

    def worker(self) -> subprocess.Popen[bytes]:
        """Start a worker without a nanny, which would start it again."""
        one = self._start("worker", "--no-nanny", "--nthreads", "1", "--no-dashboard")
        self.processes.append(one)
        return one

    @property
    def address(self) -> str:
        """Of the scheduler, once both workers are there."""
        import json

        address: str = json.loads(self.file.read_text())["address"]
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            try:
                if Cluster(address).workers() == 2:
                    return address
            except PeerError:
                pass
            time.sleep(0.2)
        raise AssertionError((self.folder / "worker.log").read_text()[-2000:])

    def stop(self) -> None:
        """End all of them."""
        for process in self.processes:
            process.kill()
            process.wait()


@pytest.fixture
def loopback(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loopback]:
    """Provide two workers."""
    one = Loopback(tmp_path_factory.mktemp("dask"))
    try:
        yield one
    finally:
        one.stop()


def _database(folder: Path, target: Path, options: FleetOptions) -> bytes:
    with opened_fleet([str(folder)], options, output=str(target)):
        pass
    return target.read_bytes()


@needs_dask
@pytest.mark.filterwarnings("default")
def test_the_rows_are_those_of_the_pool(
    tmp_path: Path, loopback: Loopback, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Byte by byte, with paths that are relative; then with a worker killed in the middle."""
    make_fleet(tmp_path / "f", machines=60, configurations=30, drifts=2, broken=2, reports=2)
    monkeypatch.chdir(tmp_path)
    pool = _database(Path("f"), Path("pool.sqlite"), FleetOptions(jobs=2))
    remote = FleetOptions(executor=f"dask:{loopback.address}")
    assert _database(Path("f"), Path("dask.sqlite"), remote) == pool

    seen: list[str] = []

    def killing(path: str) -> None:
        seen.append(path)
        if len(seen) == 3:
            loopback.workers[0].kill()

    monkeypatch.setattr("srat_tool.fleet.run._UNITS", 2)
    with opened_fleet(["f"], remote, killing, "killed.sqlite"):
        pass
    assert len(seen) >= 62
    assert Path("killed.sqlite").read_bytes() == pool


@needs_dask
@pytest.mark.filterwarnings("default")
def test_no_scheduler_is_an_error() -> None:
    """One line, soon enough."""
    with pytest.raises(PeerError, match="no scheduler answers"):
        list(fleet("x", FleetOptions(executor="dask:tcp://127.0.0.1:9")))


def test_without_the_extra_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """And how to get it."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(PeerError, match=r"srattool\[dask\]"):
        Cluster("127.0.0.1:1")


def test_other_executors_are_refused() -> None:
    """By name."""
    with pytest.raises(SratToolError, match="no such executor"):
        list(fleet("x", FleetOptions(executor="ray:1")))


def test_work_is_done_in_the_folder_of_the_caller(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Relative paths mean the same."""
    monkeypatch.chdir(tmp_path)
    remote = Remote.here(os.path.abspath)
    monkeypatch.chdir("/")
    assert remote("x") == str(tmp_path / "x")
