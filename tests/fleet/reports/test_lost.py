"""What machines lose, and why."""

from __future__ import annotations

from pathlib import Path

from tests.fleet.asked import asked, cells
from tests.support import PACKAGE

EXAMPLES = PACKAGE / "data" / "examples"


def test_a_rejected_srat_is_lost_numa(tmp_path: Path) -> None:
    """With the reason; machines that lose nothing have no row."""
    for name in ("too-short-entry", "sparse-domains"):
        file = next(EXAMPLES.rglob(f"{name}.toml"))
        (tmp_path / file.name).write_bytes(file.read_bytes())
    found = asked("lost", tmp_path)
    ((path, lost, why),) = cells(found, "path", "lost", "why")
    assert path == f"{tmp_path}/too-short-entry.toml"
    assert lost == "NUMA"
    assert why
    assert found.status == 1


def test_nothing_is_lost(tmp_path: Path) -> None:
    """Status 0."""
    (tmp_path / "a.toml").write_bytes((EXAMPLES / "sparse-domains.toml").read_bytes())
    assert asked("lost", tmp_path).status == 0
