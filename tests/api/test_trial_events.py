"""Events in a guest, as far as it goes without one; the boots are in tests/peers."""

from __future__ import annotations

from pathlib import Path

import pytest

from srat_tool.api.trial_events import read_user_space
from srat_tool.base.errors import PeerError


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
