"""Files of several machines are not mixed."""

from __future__ import annotations

import pytest

from srat_tool.base.errors import SourceError
from srat_tool.plan.observed import observe
from srat_tool.sources.found import Evidence, Role
from tests.observe.test_another_machine import FIRST, LOG

ONE = LOG.format(**FIRST).encode()
OTHER = LOG.format(**{**FIRST, "board": "Supermicro X8DTN+-F"}).encode()


def evidence(role: Role, name: str, data: bytes) -> Evidence:
    """Return a file of an archive; the machine is its first folder."""
    return Evidence(role, f"a.tar!{name}", data, "a.tar", name.rpartition("/")[0])


def test_logs_of_two_machines_are_refused() -> None:
    """Nothing shows which one is meant, or they are in different folders."""
    logs = [evidence(Role.BOOT_LOG, "x.log", ONE), evidence(Role.BOOT_LOG, "y.log", OTHER)]
    with pytest.raises(SourceError, match=r"y\.log: it is of Supermicro"):
        observe(logs)
    apart = [evidence(Role.BOOT_LOG, "x/dmesg", ONE), evidence(Role.BOOT_LOG, "y/dmesg", OTHER)]
    running = evidence(Role.COMMAND_LINE, "x/proc/cmdline", b"quiet\n")
    with pytest.raises(SourceError, match="several machines"):
        observe([*apart, running])


def test_a_log_that_the_machine_collects_of_others_is_not_used() -> None:
    """A report of one machine shows its kernel; the log is named."""
    logs = [evidence(Role.BOOT_LOG, "x.log", ONE), evidence(Role.BOOT_LOG, "y.log", OTHER)]
    found = observe([*logs, evidence(Role.COMMAND_LINE, "cmdline", b"quiet\n")])
    inner = evidence(Role.BOOT_LOG, "x/var/log/anaconda/syslog", OTHER)
    logs = [evidence(Role.BOOT_LOG, "x/dmesg", ONE), inner]
    observe([*logs, evidence(Role.COMMAND_LINE, "x/cmdline", b"quiet\n")])
    assert found.log is not None
    assert found.log.dmi == "Dell Inc. R815/0THJFH, BIOS 3.2.2"
    assert found.unread == ("a.tar!y.log: not used, it is of Supermicro X8DTN+-F",)


def test_reports_of_two_hosts_are_refused() -> None:
    """A host in the folders of another is a container; names may have a domain."""
    names = {"x": b"one\n", "x/etc": b"one.example.org\n", "x/var/lib/machines/c": b"inner\n"}
    hosts = [evidence(Role.HOST_NAME, f"{root}/hostname", name) for root, name in names.items()]
    observe(hosts)
    other = evidence(Role.HOST_NAME, "y/hostname", b"two\n")
    with pytest.raises(SourceError, match="files of several machines, got one, two"):
        observe([*hosts, other])
