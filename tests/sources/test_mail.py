"""Mails whose parts are in base64."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srat_tool.sources import mail
from srat_tool.sources.found import Role
from tests.sources.samples import dump, found_in, reasons_in, slit, srat, tables_in

LOG = b"Linux version 6.1.0 (a@b) (gcc)\nBIOS-e820: [mem 0x0-0x9fbff] usable\n"


def written(text: str = "See the tables.", **attached: bytes) -> bytes:
    """Return a mail with these files, whose names have `_` for the dot."""
    made = EmailMessage()
    made["From"] = "a@example.org"
    made["Subject"] = "tables"
    made.set_content(text, cte="base64")
    for name, data in attached.items():
        made.add_attachment(
            data, maintype="application", subtype="octet-stream", filename=name.replace("_", ".")
        )
    return made.as_bytes()


def test_what_is_attached_is_read() -> None:
    """Tables, dumps and logs; what is none of these is nothing that is missed."""
    found = found_in(
        written(SRAT_bin=srat(), dump_txt=dump(slit()), dmesg_txt=LOG, a_png=b"\x89PNG")
    )
    assert [table.data for table in found.tables] == [srat(), slit()]
    assert [one.role for one in found.evidence] == [Role.BOOT_LOG]
    assert not found.missed
    assert len(found_in(written(SRAT_bin=srat(), SLIT_bin=slit())).machines()) == 1


def test_a_text_in_base64_is_read() -> None:
    """A mail of one part is what that part is."""
    assert tables_in(written(dump(srat()).decode())) == [srat()]
    assert [one.role for one in found_in(written(LOG.decode())).evidence] == [Role.BOOT_LOG]
    assert "no ACPI table" in reasons_in(written("words\n" * 20))


def test_one_that_is_named_as_a_table_and_is_none_is_missed() -> None:
    """As in an archive."""
    assert found_in(written(SRAT_bin=b"words\n" * 20)).missed


def test_a_mailbox_is_no_mail() -> None:
    """Only its first mail is read, and the others are refused."""
    two = b"\n\nFrom a@example.org Fri Nov 27 21:00:00 2026\n".join(
        [written(SRAT_bin=srat()), written(SLIT_bin=slit())]
    )
    assert "several mails" in reasons_in(two)


@pytest.mark.parametrize("text", [b"", b"Subject: x\n\nwords\n", LOG, srat(), b"base64\n"])
def test_other_texts_are_none(text: bytes) -> None:
    """Mails without base64 are read as text."""
    assert not mail.sniff(text)


@given(data=st.data())
@settings(max_examples=40, derandomize=True, deadline=None)
def test_damaged_mails_end(data: st.DataObject) -> None:
    """In parts or in refusals."""
    whole = bytearray(written(SRAT_bin=srat()))
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] ^= data.draw(st.integers(1, 127))
    found_in(bytes(whole[: data.draw(st.integers(0, len(whole)))]))
