"""Tables as text without offsets, and the dumps that od and hexdump print."""

from __future__ import annotations

import base64
import textwrap
from collections.abc import Callable, Iterator

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from srat_tool.sources import blob
from srat_tool.sources.encoded import sniff
from srat_tool.tables.header import HEADER_SIZE
from tests.sources.samples import reasons_in, slit, srat, tables_in


def rows(data: bytes, offset: str, *, words: bool = False, text: bool = False) -> Iterator[str]:
    for at in range(0, len(data), 16):
        part = data[at : at + 16]
        if words:
            part += b"\0" * (len(part) % 2)
            shown = [f"{b:02x}{a:02x}" for a, b in zip(part[::2], part[1::2], strict=True)]
        else:
            shown = [f"{byte:02x}" for byte in part]
        line = f"{at:{offset}} {' '.join(shown)}"
        yield f"{line:<54}  >{'.' * len(part)}<" if text else line


def array(data: bytes) -> str:
    bytes_ = textwrap.fill(", ".join(f"0x{byte:02x}" for byte in data), 76)
    return f"unsigned char SRAT_bin[] = {{\n{bytes_}\n}};\nunsigned int len = {len(data)};\n"


FORMS: dict[str, Callable[[bytes], str]] = {
    "base64": lambda data: base64.encodebytes(data).decode(),
    "base64 -w0": lambda data: base64.b64encode(data).decode(),
    "xxd -p": lambda data: textwrap.fill(data.hex(), 60),
    "xxd -i": array,
    "colons": lambda data: data.hex(":"),
    "od -An": lambda data: textwrap.fill(data.hex(" "), 48),
    "od -t x1": lambda data: "\n".join([*rows(data, "07o"), f"{len(data):07o}"]),
    "od -A x": lambda data: "\n".join(rows(data, "06x", text=True)),
    "hexdump": lambda data: "\n".join([*rows(data, "07x", words=True), f"{len(data):07x}"]),
    "od -x": lambda data: "\n".join(rows(data, "07o", words=True)),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("data", [srat(), slit()], ids=["SRAT", "SLIT"])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["unix", "windows"])
def test_a_table_as_text_is_read(form: Callable[[bytes], str], data: bytes, end: str) -> None:
    """Whatever printed its bytes; line ends do not matter."""
    text = form(data).rstrip("\n") + "\n"
    assert [one[: len(data)] for one in tables_in(text.replace("\n", end).encode())] == [data]


def test_each_array_is_a_table() -> None:
    """A header file with several holds several tables."""
    assert tables_in((array(srat()) + array(slit())).encode()) == [srat(), slit()]


def test_a_table_that_was_cut_is_refused() -> None:
    """Half of the letters is half of the table."""
    text = base64.encodebytes(srat())
    cut = text[: len(text) // 2]
    assert reasons_in(cut) or tables_in(cut) != [srat()]


@given(st.binary(max_size=300))
def test_other_text_is_none(data: bytes) -> None:
    """Base64 and digits of anything else are not taken for tables."""
    assume(len(data) < HEADER_SIZE or not blob.sniff(data))
    for text in (base64.b64encode(data), data.hex().encode()):
        assert not sniff(text)


def test_prose_is_none() -> None:
    """Letters alone are base64 by their alphabet."""
    assert not sniff(b"no table here at all\n")
    assert not sniff(b"SRAT SLIT HMAT " * 100)
