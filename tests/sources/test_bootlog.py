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


def test_a_part_of_a_log_counts_when_it_is_named() -> None:
    """A ring buffer loses the first lines; a page about logs in a folder is no log of it."""
    part = b"[    0.000000] ACPI: SRAT: Node 0 PXM 0 [mem 0x00000000-0x7fffffff]\n"
    assert sniff(part)
    assert [e.role for e in found_in(part).evidence] == [Role.BOOT_LOG]
    assert not sniff(b"notes about Linux and its nodes\n")


def test_a_boot_deep_in_a_file() -> None:
    """The files of a logger begin with anything."""
    line = b"Jan  1 00:00:00 host kernel: Linux version 6.1.0-1-amd64 (a@b) (gcc) #1 SMP\n"
    assert sniff(b"Jan  1 00:00:00 host cron[1]: nothing\n" * 5000 + line)


def test_what_windows_redirects() -> None:
    """It is UTF-16."""
    assert sniff("\ufeffLinux version 6.6.0 (a@b)\r\n".encode("utf-16-le"))
    assert not sniff("\ufeffnothing\r\n".encode("utf-16-le"))
