"""tar archives of all three dialects, against the standard library's writer."""

from __future__ import annotations

import contextlib
import io
import tarfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srat_tool.base.errors import SourceError
from srat_tool.sources.tar import members, sniff

DIALECTS = {"ustar": tarfile.USTAR_FORMAT, "gnu": tarfile.GNU_FORMAT, "pax": tarfile.PAX_FORMAT}
LONG = "sosreport-host/" + "a" * 90 + "/" + "b" * 80
FILES = {"SRAT": b"x" * 700, "d/empty": b"", LONG: b"long", "last": b"y" * 512}


def archive(files: dict[str, bytes], dialect: int = tarfile.PAX_FORMAT) -> bytes:
    """Return a tar archive with links and folders between the files."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=dialect) as tar:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
            link = tarfile.TarInfo(name + ".l")
            link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
            tar.addfile(link)
    return out.getvalue()


def _read(data: bytes) -> dict[str, bytes]:
    found = members(io.BytesIO(data))
    return {m.name: m.read(m.size) for m in found if m.kind is None}


@pytest.mark.parametrize("dialect", DIALECTS.values(), ids=DIALECTS)
def test_dialects(dialect: int) -> None:
    """Long names come whole, links have their target, and folders are skipped."""
    data = archive(FILES, dialect)
    assert sniff(data)
    assert _read(data) == FILES
    links = [m for m in members(io.BytesIO(data)) if m.kind is not None]
    assert [(m.name, m.kind, m.target) for m in links] == [
        (f"{name}.l", "a link", "/etc/passwd") for name in FILES
    ]


def test_an_archive_after_an_archive_is_read() -> None:
    """`cat A B` has two end marks; what is no archive after one is refused, filling is not."""
    one, two = archive({"SRAT": b"x"}), archive({"SLIT": b"y"})
    assert _read(one + two) == {"SRAT": b"x", "SLIT": b"y"}
    assert _read(one + bytes(999)) == {"SRAT": b"x"}
    with pytest.raises(SourceError, match="follows the end mark"):
        _read(one + b"something else")


def test_unread_members_are_skipped() -> None:
    """A reader that looks at nothing sees every name."""
    names = [m.name for m in members(io.BytesIO(archive(FILES)))]
    assert names == [name + end for name in FILES for end in ("", ".l")]


def test_cut_archive_is_named() -> None:
    """The member in which an archive ends is named."""
    with pytest.raises(SourceError, match="archive ends inside SRAT"):
        _read(archive(FILES)[:900])


@pytest.mark.parametrize("files", [0, 1, 2])
def test_an_archive_cut_between_members_is_no_whole_one(files: int) -> None:
    """Only the end mark shows that no member is missing."""
    data = archive(FILES)
    end = len(archive(dict(list(FILES.items())[:files])).rstrip(b"\0"))
    cut = -(-end // 512) * 512
    with pytest.raises(SourceError, match="without an end mark"):
        _read(data[:cut])


def test_damaged_header_is_named() -> None:
    """A header whose checksum fails ends the archive."""
    data = bytearray(archive({"a": b"", "b": b""}))
    data[512] ^= 1
    with pytest.raises(SourceError, match="damaged tar header"):
        _read(bytes(data))


def test_sizes_that_lie() -> None:
    """Base-256 sizes are read, absurd ones end the archive."""
    head = bytearray(archive({"a": b"abc"})[:512])
    head[124:136] = b"\x80" + bytes(10) + b"\x03"
    head[148:156] = b"%06o\0 " % (sum(head[:148]) + 256 + sum(head[156:]))
    assert _read(bytes(head) + b"abc" + bytes(509 + 1024)) == {"a": b"abc"}


@given(data=st.data())
@settings(max_examples=60, derandomize=True, deadline=None)
def test_damaged_archives_end(data: st.DataObject) -> None:
    """Flipped bytes and cuts end in members or in our error."""
    whole = bytearray(archive(FILES, data.draw(st.sampled_from(sorted(DIALECTS.values())))))
    for _ in range(data.draw(st.integers(0, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] ^= data.draw(st.integers(1, 255))
    with contextlib.suppress(SourceError):
        _read(bytes(whole[: data.draw(st.integers(0, len(whole)))]))
