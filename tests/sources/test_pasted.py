"""Text that mails, web pages and editors altered."""

from __future__ import annotations

import codecs

import pytest

from srat_tool.sources import pasted
from tests.sources.samples import dump, found_in, srat, tables_in

MARKS = [b"> ", b">", b"> > ", b"| ", b"  > ", b"AB> ", b"# ", b" * ", b"// ", b"+"]


@pytest.mark.parametrize("mark", MARKS)
def test_quoted_dump(mark: bytes) -> None:
    """Whatever is before every line of a dump, the table is read."""
    text = b"".join(mark + line for line in dump(srat()).splitlines(keepends=True))
    assert tables_in(b"On Tue, someone wrote:\n" + text + b"\nthanks\n") == [srat()]


@pytest.mark.parametrize("mark", MARKS)
def test_quoted_rows_without_a_title(mark: bytes) -> None:
    """A bare hex dump may be quoted as well."""
    rows = dump(srat()).split(b"\n", 1)[1]
    assert tables_in(b"".join(mark + line for line in rows.splitlines(keepends=True))) == [srat()]


def test_wide_blanks() -> None:
    """Web pages indent with blanks that do not break."""
    assert tables_in(dump(srat()).replace(b"    ", b"\xc2\xa0" * 4)) == [srat()]


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF8, "utf-8"),
    ],
)
def test_encodings(mark: bytes, encoding: str) -> None:
    """A shell that writes UTF-16 into files does not spoil a dump."""
    assert tables_in(mark + dump(srat()).decode().encode(encoding)) == [srat()]


@pytest.mark.parametrize(
    "text",
    [
        b"> [    0.000000] Linux version 6.1.0\n> [    0.000000] Command line: quiet\n",
        b"# a comment\nkey = value\n",
        b"\xff\xfe" + bytes(range(1, 64)),
        b"",
    ],
)
def test_others_are_left_alone(text: bytes) -> None:
    """A quoted log has a reader of its own, and binary data no marks."""
    assert not pasted.sniff(text)


def test_marks_that_lead_nowhere_end() -> None:
    """What is nothing without its marks either is refused, once."""
    found = found_in(b"\xef\xbb\xbf\xef\xbb\xbf> " * 40 + b"nothing at all")
    assert found.tables == []
    assert found.refused


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be", "utf-32"])
def test_a_dump_in_wide_letters_without_a_mark(name: str) -> None:
    """A shell of Windows may write it so."""
    assert tables_in(dump(srat()).decode().encode(name)) == [srat()]


def test_a_coloured_dump() -> None:
    """What sets colours of a terminal is no part of it."""
    lines = dump(srat()).splitlines()
    assert tables_in(b"\n".join(b"\x1b[1;32m" + line + b"\x1b[0m" for line in lines)) == [srat()]


def test_lines_that_end_in_cr_alone() -> None:
    """Old editors store them so; a dump and a log are read as with other ends."""
    text = dump(srat())
    assert tables_in(text.replace(b"\n", b"\r")) == [srat()]
    log = b"Linux version 6.1.0 (a@b) (gcc)\rBIOS-e820: [mem 0x0-0x9fbff] usable\rx\r"
    evidence = found_in(log).evidence
    assert [one.data.count(b"\n") for one in evidence] == [3]
