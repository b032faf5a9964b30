"""Events in a guest, as far as it goes without one; the boots are in tests/peers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from srat_tool.api import trial_events
from srat_tool.api.trial_events import read_user_space, run_events
from srat_tool.base.errors import PeerError
from srat_tool.plan.event_text import read_events


def test_busybox_must_be_static(tmp_path: Path) -> None:
    """The guest has no libraries; a module keeps its name."""
    program, module = tmp_path / "busybox", tmp_path / "virtio_mem.ko"
    program.write_bytes(b"\x7fELF")
    module.write_bytes(b"module")
    assert b"modules/00-virtio_mem.ko" in read_user_space(str(program), [str(module)])
    program.write_bytes(b"\x7fELF" + b"/lib64/ld-linux-x86-64.so.2")
    with pytest.raises(PeerError, match="not static"):
        read_user_space(str(program))


def test_files_that_are_not_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each is named, with what to install where it is busybox."""
    with pytest.raises(PeerError, match="nothing"):
        read_user_space(str(tmp_path / "nothing"))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("SRATTOOL_BUSYBOX", raising=False)
    with pytest.raises(PeerError, match="busybox-static"):
        read_user_space(None)


_SNAPSHOT = (
    *("size 8000000", "Node 0, zone   Normal", "  spanned 4096", "  present 4096"),
    *("  managed 4000", "  start_pfn: 4096"),
)


class _Session:
    """A guest with device d0, which leaves at once when removed."""

    log = ""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.devices = ["d0"]

    def ask(self, command: str) -> list[str]:
        return list(_SNAPSHOT) if command == "snap" else []

    def settled(self, before: list[str]) -> list[str]:
        return before

    def tell_host(self, command: str, arguments: Mapping[str, Any]) -> object:
        if command == "qom-list":
            return [{"name": name, "type": "pc-dimm"} for name in self.devices]
        self.told.append(command)
        if command == "device_del":
            self.devices.remove(arguments["id"])
        return {}


def test_a_device_that_is_gone_is_not_told_to_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second removal finds no device: nothing happens, and that is what is compared."""
    session = _Session()

    @contextmanager
    def started(*_: object) -> Iterator[_Session]:
        yield session

    monkeypatch.setattr(trial_events, "guest_session", started)
    events = read_events(["dimm:8G+1G", "remove:d0", "remove:d0"])[1:]
    ran = run_events([], Path("vmlinuz"), b"", "", events=events, timeout=1)
    assert session.told == ["device_del"]
    assert len(ran.steps) == 2
