"""Archives: what is taken from them, and what is not believed."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from srat_tool.base.rawtable import OriginKind
from srat_tool.sources.detect import read_inputs
from srat_tool.sources.found import Role
from tests.sources.samples import dump, found_in, noise, reasons_in, slit, srat, table, tables_in
from tests.sources.test_tar import archive
from tests.sources.test_zipped import zipped

SOS = {
    "sosreport-h/proc/zoneinfo": b"Node 0, zone DMA\n",
    "sosreport-h/proc/cmdline": b"movable_node\n",
    "sosreport-h/sos_commands/kernel/dmesg": b"Linux version 6.1\n",
    "sosreport-h/sys/firmware/acpi/tables/SRAT": srat(),
    "sosreport-h/sys/firmware/acpi/tables/dynamic/SSDT1": table(b"SSDT"),
    "sosreport-h/etc/passwd": b"root\n",
    "sosreport-h/var/log/wtmp": noise(2000),
}


@pytest.mark.parametrize(
    "data",
    [archive(SOS), gzip.compress(archive(SOS)), zipped(SOS)],
    ids=["tar", "tar.gz", "zip"],
)
def test_sosreport(data: bytes) -> None:
    """Tables and evidence of one machine, whatever the archive."""
    found = found_in(data)
    assert [t.data for t in found.tables] == [srat(), table(b"SSDT")]
    assert {t.origin.kind for t in found.tables} == {OriginKind.ARCHIVE}
    roles = {e.role: e.data for e in found.evidence}
    assert roles[Role.COMMAND_LINE] == b"movable_node\n"
    assert set(roles) == {Role.ZONEINFO, Role.COMMAND_LINE, Role.BOOT_LOG}
    assert len(found.machines()) == 1
    assert [r.label for r in found.refused if r.matters] == []
    assert "of 7 files" in found.opened[0].what


def test_a_member_named_as_a_table_is_missed() -> None:
    """An empty one, or one of text, is told of; a table of a damaged signature is one."""
    members = {"h/SRAT": b"", "h/SLIT.bin": b"no table here\n" * 40, "h/HMAT": b"\0" + srat()[1:]}
    found = found_in(archive(members))
    assert [t.data for t in found.tables] == [members["h/HMAT"]]
    assert {r.label.rpartition("/")[2] for r in found.refused if r.matters} == {"SRAT", "SLIT.bin"}


def test_machines_in_one_archive() -> None:
    """Folders are machines; a dump inside is one of its own."""
    found = found_in(archive({"a/SRAT": srat(1), "b/SRAT": srat(2), "b/dump.txt": dump(slit())}))
    assert [t.origin.machine for t in found.tables] == ["a", "b", "b/dump.txt"]


def test_archive_in_archive() -> None:
    """An archive in an archive is opened, up to the depth limit."""
    data = archive({"x.tar.gz": gzip.compress(archive({"SRAT": srat()}))})
    assert tables_in(data) == [srat()]
    assert "try --max-depth" in reasons_in(zipped({"x.zip": zipped({"SRAT": srat()})}), depth=1)


def test_names_are_only_shown() -> None:
    """A path that climbs or escapes is a label, nothing else."""
    found = found_in(archive({"../../etc/SRAT": srat(), "/abs/SRAT": srat()}))
    assert [t.origin.inner for t in found.tables] == ["../../etc/SRAT", "/abs/SRAT"]


def test_large_member_is_refused_the_rest_is_read() -> None:
    """One member may not hold more than a quarter of the budget in memory."""
    data = zipped({"big": bytes(300_000), "SRAT": srat()})
    assert tables_in(data, unpacked=1 << 20) == [srat()]
    assert "in one piece" in reasons_in(data, unpacked=1 << 20)


def test_cut_archive_keeps_what_came_before() -> None:
    """The members before the cut are read, the cut is named."""
    data = archive({"SRAT": srat(), "SLIT": slit(), "big": bytes(9000)})
    assert tables_in(data[:6000]) == [srat(), slit()]
    assert "archive ends inside big" in reasons_in(data[:6000])


@pytest.mark.parametrize("make", [zipped, archive])
def test_large_archives_are_mapped(tmp_path: Path, make: Callable[..., bytes]) -> None:
    """An archive too large to be read at once is read all the same."""
    path = tmp_path / "big"
    path.write_bytes(make({"noise": noise(17 << 20), "SRAT": srat()}))
    assert [t.data for t in read_inputs([str(path)]).tables] == [srat()]
