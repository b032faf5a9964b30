"""Text from tables, paths and logs, made safe for a terminal."""

from __future__ import annotations

import re

# C0 and C1 controls, line and paragraph separators, lone surrogates, code points that are no
# characters (two of them make a text invalid XML), and every character that reorders, hides or
# joins its neighbours (bidirectional marks, zero-width characters, tags).
_UNSAFE = (
    "[\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)


def printable(text: str | bytes) -> str:
    r"""Return `text` with everything that could fool a terminal written as `\xNN` or `\uNNNN`.

    Bytes are read as ASCII; anything above 0x7e is escaped.
    """
    if isinstance(text, bytes):
        return "".join(chr(b) if 0x20 <= b < 0x7F else f"\\x{b:02x}" for b in text)
    # What nearly every text is; the pattern is compiled when the first other one turns up.
    if text.isascii() and text.isprintable():
        return text
    return re.sub(_UNSAFE, _escape, text)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


_MARKS = (
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# ASCII text of at least so many letters, each with zeros around it.
_FEWEST_LETTERS = 16
_WIDE = (
    (rb"(?:[\t\n\r\x1b -~]\0\0\0)", "utf-32-le"),
    (rb"(?:\0\0\0[\t\n\r\x1b -~])", "utf-32-be"),
    (rb"(?:[\t\n\r\x1b -~]\0)", "utf-16-le"),
    (rb"(?:\0[\t\n\r\x1b -~])", "utf-16-be"),
)


def wide_encoding(data: bytes) -> str | None:
    """Return the encoding of text in letters of two or four bytes, with a mark or without one."""
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    if marked is not None or b"\0" not in data[:4]:
        return marked
    times = b"{%d}" % _FEWEST_LETTERS
    return next((name for letter, name in _WIDE if re.match(letter + times, data)), None)


_LONGEST_LABEL = 512


def shortened(text: str) -> str:
    """Return a label that is no longer than a message can bear; what is cut out is counted."""
    if len(text) <= _LONGEST_LABEL:
        return text
    half = _LONGEST_LABEL // 2 - 32
    return f"{text[:half]}[{len(text) - 2 * half} characters cut]{text[-half:]}"


def identifier(raw: bytes) -> str:
    """Return an OEM or creator id as text: printable, trailing NULs and blanks dropped."""
    return printable(raw.rstrip(b"\0 "))
