"""zip archives: what cannot be opened is named, whatever zipfile raises."""

from __future__ import annotations

import io
import stat
import zipfile

import pytest

from tests.sources.samples import found_in, reasons_in, slit, srat, tables_in


def zipped(files: dict[str, bytes], *, packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as whole:
        for name, data in files.items():
            whole.writestr(name, data)
    return out.getvalue()


def test_encrypted_and_damaged_members() -> None:
    """What cannot be opened is named, the others are read."""
    data = bytearray(zipped({"SRAT": srat(), "SLIT": slit()}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    assert tables_in(bytes(data)) == [slit()]
    assert "encrypted" in reasons_in(bytes(data))
    assert "damaged zip archive" in reasons_in(bytes(data[:-30]))


def test_what_is_outside_of_an_archive_is_not_dropped_silently() -> None:
    """Of two archives after each other the last is read."""
    one, two = zipped({"SRAT": srat()}), zipped({"SLIT": slit()})
    assert tables_in(one + two) == [slit()]
    assert f"{len(one)} bytes before the zip archive" in reasons_in(one + two)
    assert "5 bytes after the zip archive" in reasons_in(one + b"words")
    assert reasons_in(one + b"\r\n") == ""


def test_a_link_is_no_table() -> None:
    """Its text is the name that it leads to, not what is there."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as whole:
        link = zipfile.ZipInfo("SRAT")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        whole.writestr(link, "gone/SRAT")
    found = found_in(file.getvalue())
    assert [one.reason for one in found.refused] == [
        "a link to gone/SRAT, which is not in the archive"
    ]


def test_what_the_budget_refuses_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Archives in archives, each of which would be small work: together they stay in the budget."""
    unpacked: list[int] = []
    read = zipfile.ZipExtFile.read

    def counted(self: zipfile.ZipExtFile, n: int | None = -1) -> bytes:
        part = read(self, n)
        unpacked.append(len(part))
        return part

    monkeypatch.setattr(zipfile.ZipExtFile, "read", counted)
    one = zipped({"zeros": bytes(1 << 20)})
    many = zipped({f"{at}.zip": one for at in range(40)})
    found = found_in(zipped({f"{at}.zip": many for at in range(40)}), unpacked=8 << 20)
    assert sum(unpacked) <= 8 << 20
    assert any("would unpack" in one.reason for one in found.refused)
