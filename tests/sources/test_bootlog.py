"""Boot logs among the inputs."""

from __future__ import annotations

from srat_tool.sources.bootlog import sniff
from srat_tool.sources.found import Role
from tests.sources.samples import found_in

LOG = b"[    0.000000] Linux version 6.1.0 (gcc)\n[    0.000000] Command line: quiet\n"


def test_log_is_evidence() -> None:
    """A log gives no table, but is kept."""
    found = found_in(LOG)
    assert sniff(LOG)
    assert found.tables == []
    assert [(e.role, e.data) for e in found.evidence] == [(Role.BOOT_LOG, LOG)]
