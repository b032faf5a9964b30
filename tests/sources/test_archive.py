"""Archives: what is taken from them, and what is not believed."""

from __future__ import annotations

import gzip
import io
import tarfile
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
    """An empty one, or one of text, is reported; a table with a damaged signature is a table."""
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


def _special(name: str, kind: bytes, target: str = "") -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.type, entry.linkname = kind, target
    return entry


@pytest.mark.parametrize(
    ("kind", "target", "reason"),
    [
        (tarfile.SYMTYPE, "elsewhere", "a link to elsewhere"),
        (tarfile.LNKTYPE, "t/APIC", "a link to t/APIC"),
        (tarfile.FIFOTYPE, "", "a FIFO, not read"),
        (tarfile.GNUTYPE_SPARSE, "", "a sparse file, not read"),
    ],
)
def test_a_table_that_is_no_whole_file_is_refused(kind: bytes, target: str, reason: str) -> None:
    """Its name shows that something is missing."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as tar:
        tar.addfile(_special("t/SRAT", kind, target))
    found = found_in(file.getvalue())
    assert [refusal.matters for refusal in found.refused] == [True]
    assert found.refused[0].reason.startswith(reason)


def test_a_link_to_a_table_of_the_archive_misses_nothing() -> None:
    """Nor does a link that is named as nothing that is read."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as tar:
        tar.addfile(_special("a/SRAT", tarfile.SYMTYPE, "../b/SRAT"))
        tar.addfile(_special("notes", tarfile.SYMTYPE, "gone"))
        tar.addfile(_special("sys/devices/system/node/node0/cpu0", tarfile.SYMTYPE, "gone"))
        entry = tarfile.TarInfo("b/SRAT")
        entry.size = len(srat())
        tar.addfile(entry, io.BytesIO(srat()))
    found = found_in(file.getvalue())
    assert len(found.tables) == 1
    assert not found.refused


def test_a_log_behind_a_link_is_read_where_it_is() -> None:
    """sos links a log to the end of it that it keeps; a link to another file is missed."""
    kept = "s/sos_strings/logs/var.log.messages.tailed"
    text = b"Oct  1 10:00:00 h kernel: Zone ranges:\n"
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as tar:
        to = "../../sos_strings/logs/var.log.messages.tailed"
        tar.addfile(_special("s/var/log/messages", tarfile.SYMTYPE, to))
        tar.addfile(_special("s/proc/zoneinfo", tarfile.SYMTYPE, "../other"))
        for name, data in ((kept, text), ("s/other", b"")):
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
    found = found_in(file.getvalue())
    assert [(one.role.value, one.label) for one in found.evidence] == [
        ("boot log", f"input!{kept}")
    ]
    assert [(one.label, one.reason) for one in found.refused] == [
        ("input!s/proc/zoneinfo", "a link to ../other, not followed")
    ]


def _sysfs() -> bytes:
    """Return sysfs as tar stores it: files of one page each, filled up with zeros, and links."""
    files = {
        "memory/block_size_bytes": b"8000000\n",
        "memory/memory32/state": b"offline\n",
        "memory/memory32/valid_zones": b"Normal Movable\n",
        "node/online": b"0-1\n",
    }
    links = {
        "node/node1/memory32": "../../memory/memory32",
        "memory/memory32/node1": "../../node/node1",
        "memory/memory32/subsystem": "../../../../bus/memory",
        "node/node1/access0/initiators/node0": "../../../node0",
    }
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as tar:
        table_of = tarfile.TarInfo("sys/firmware/acpi/tables/SRAT")
        table_of.size = len(srat())
        tar.addfile(table_of, io.BytesIO(srat()))
        for name, text in files.items():
            member = tarfile.TarInfo(f"sys/devices/system/{name}")
            member.size = 4096
            tar.addfile(member, io.BytesIO(text.ljust(4096, b"\0")))
        for name, target in links.items():
            member = tarfile.TarInfo(f"sys/devices/system/{name}")
            member.type, member.linkname = tarfile.SYMTYPE, target
            tar.addfile(member)
    return stream.getvalue()


def test_sysfs_in_a_tar(tmp_path: Path) -> None:
    """Zeros after the contents are tar's; links are facts, in the unpacked folder too."""
    (tmp_path / "x.tar").write_bytes(_sysfs())
    with tarfile.open(tmp_path / "x.tar") as tar:
        # Debian 12's Python has no filters yet, later ones warn without.
        tar.extraction_filter = getattr(tarfile, "tar_filter", None)
        tar.extractall(tmp_path / "x")  # noqa: S202 - made above
    for name in ("x.tar", "x"):
        found = read_inputs([str(tmp_path / name)])
        told = {one.label.rpartition("system/")[2]: one.data for one in found.evidence}
        assert told.pop("memory/memory32/state") == b"offline\n"
        assert told.pop("memory/block_size_bytes") == b"8000000\n"
        links = sorted(label for label, data in told.items() if not data)
        assert links == [
            "memory/memory32/node1",
            "node/node1/access0/initiators/node0",
            "node/node1/memory32",
        ]
        assert {one.machine for one in found.evidence} == {""}
        assert {one.role for one in found.evidence} == {Role.NODE_FILE}


def test_a_file_of_proc_is_empty_in_a_tar() -> None:
    """That is reported, since its facts are missing."""
    assert "keeps nothing" in reasons_in(archive({"proc/zoneinfo": b"", "SRAT": srat()}))
