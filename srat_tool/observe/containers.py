"""Text to the lines of a log, whatever keeps them: plain text, mail, web page or journal.

*Mirrors:* `journalctl -o json`, `json-pretty`, `json-sse`, `json-seq`, `export` and `verbose`
(systemd 219 to 257), `dmesg --json` (util-linux 2.38), RFC 2045 quoted-printable.
"""

from __future__ import annotations

import binascii
import html
import json
import re
from collections.abc import Iterable, Iterator

from srat_tool.base.text import wide_encoding

_SOFT_BREAK = "=\n"
_COLOUR = re.compile(r"\x1b\[[0-9;?]{0,16}[A-Za-z]|\x1b\][^\x07\n]{0,200}\x07")
# What a console server writes between the lines of a console.
_SERVERS = re.compile(r"(?m)^\[-- [^\n]{1,120}\]\r?\n")
_JSON = re.compile(r"[\s\x1e]{0,64}(?:data: ?)?\[?\s{0,64}\{\s{0,16}\"")
_DMESG = re.compile(r"\s{0,64}\{\s{0,16}\"dmesg\"\s{0,4}:")
_RECORDS = re.compile(r"(?m)^ {0,8}(?:MESSAGE=|__CURSOR=|_TRANSPORT=)")
# What journalctl -o verbose writes above each record.
_RECORD_HEAD = re.compile(r"[^=]{10,80}\[s=[0-9a-f]{1,40};")
# A record of /dev/kmsg, and what is below it: the device that it is about.
_KMSG = re.compile(r"(?m)^\d{1,4},\d{1,20},\d{1,20},[-c+]")
_KMSG_FIELD = re.compile(r" [A-Z_]{1,40}=")
# Names of the message in a journal, and in the JSON lines of collectors of logs.
_MESSAGES = ("MESSAGE", "log", "message", "textPayload", "line")
_MSG = re.compile(r'"msg": ?("(?:[^"\\]|\\.)*")')
_KERNEL = "kernel"
# A message as code in a cell of a Markdown table, or in a list.
_TICKED = re.compile(r"(?m)^([ \t|*-]{0,8})`([^`\n]*)`[ \t|]{0,8}\r?$")
# Signs of a web page: what separates its lines, what colours them, and what a page escapes.
_PAGE = re.compile(r"(?i)<(?:html|pre|table|tr|td|div|span|p|br|code)\b[^<>\n]{0,200}>")
_ESCAPED = ("-&gt; Node", "-&gt; [mem", "&lt;mem ", "&nbsp;", "&#91;", "&#x5b;", "&#x5B;")
_ENDS_LINE = re.compile(r"(?i)(?<!\n)<(?:br|/tr|/p|/div|/li)\b[^<>\n]{0,200}>(?!\n)")
_TAG = re.compile(r"</?[A-Za-z!][^<>\n]{0,500}>")


def log_text(data: bytes) -> str:
    """Return the text of a log's bytes: UTF-8, or UTF-16 as Windows writes what it redirects."""
    encoding = wide_encoding(data)
    if encoding is not None:
        return data.decode(encoding, "replace")
    return data.decode("utf-8-sig", "replace")


def raw_lines(text: str) -> list[str]:
    """Return the lines of a log in the form it was saved in; time is linear in the text."""
    text = _decoded(text)
    if _DMESG.match(text) and (messages := list(_dmesg_messages(text))):
        return list(_split(messages))
    if _JSON.match(text) and any(f'"{name}"' in text for name in _MESSAGES):
        return list(_split(_json_messages(text)))
    if "MESSAGE=" in text and _RECORDS.search(text):
        return list(_split(_field_messages(text.split("\n"))))
    lines = text.split("\n" if "\n" in text else "\r")
    if "\r" in text:
        lines = [line.strip("\r") for line in lines]
    if _KMSG.search(text):
        return [line for line in lines if not _KMSG_FIELD.match(line)]
    return lines


def _decoded(text: str) -> str:
    text = text.replace("\r\n", "\n")
    if "=3D" in text and _SOFT_BREAK in text:
        raw = binascii.a2b_qp(text.encode("utf-8", "surrogateescape"))
        text = raw.decode("utf-8", "replace")
    text = _of_page(text)
    if "`" in text:
        text = _TICKED.sub(r"\1\2", text)
    if "[-- " in text:
        text = _SERVERS.sub("", text)
    return _COLOUR.sub("", text) if "\x1b" in text else text


def _of_page(text: str) -> str:
    """Return the text of a web page as it is shown, and other text as it is."""
    is_page = "<" in text and _PAGE.search(text) is not None
    if is_page:
        text = _TAG.sub("", _ENDS_LINE.sub("\n", text))
    if is_page or ("&" in text and any(words in text for words in _ESCAPED)):
        text = html.unescape(text).replace("\u00a0", " ")
    return text


def _split(messages: Iterable[str]) -> Iterator[str]:
    for message in messages:
        yield from message.split("\n")


def _dmesg_messages(text: str) -> Iterator[str]:
    """Yield the messages of `dmesg --json`, as far as it goes."""
    for found in _MSG.finditer(text):
        try:
            yield str(json.loads(found[1]))
        except ValueError:
            yield found[1]


def _json_messages(text: str) -> Iterator[str]:
    """Yield what the kernel printed; a record that cannot be read is yielded as it is."""
    for record in _json_records(text):
        try:
            fields = json.loads(record)
        except (ValueError, RecursionError):
            yield record
            continue
        if isinstance(fields, dict) and _is_kernels(fields):
            message = next((fields[name] for name in _MESSAGES if name in fields), None)
            if isinstance(message, list):
                message = bytes(b for b in message if isinstance(b, int) and 0 <= b < 256)
                message = message.decode("utf-8", "replace")
            if isinstance(message, str):
                yield message.rstrip("\r\n")


def _is_kernels(fields: dict[str, object]) -> bool:
    transport = fields.get("_TRANSPORT") or fields.get("SYSLOG_IDENTIFIER") or _KERNEL
    return transport == _KERNEL or fields.get("SYSLOG_IDENTIFIER") == _KERNEL


def _json_records(text: str) -> Iterator[str]:
    """Yield the text of each object: on one line, or from a brace alone to a brace alone."""
    begun: list[str] = []
    for raw in text.split("\n"):
        line = raw.strip(" \t\r\x1e").removeprefix("data:").strip()
        if begun or line == "{":
            begun.append(line)
            if line in ("}", "},"):
                begun[-1] = "}"
                yield " ".join(begun)
                begun = []
        elif line.strip("[],"):
            yield line.strip("[],")
    if begun:
        yield " ".join(begun)


def _field_messages(lines: Iterable[str]) -> Iterator[str]:
    """Yield what the kernel printed out of records of `NAME=value` lines."""
    fields: dict[str, object] = {}
    for raw in lines:
        line = raw.strip()
        name, equals, value = line.partition("=")
        if not line or name == "__CURSOR" or _RECORD_HEAD.match(line):
            yield from _journal_messages(fields)
            fields = {}
        elif equals:
            fields[name] = value
    yield from _journal_messages(fields)


def _journal_messages(fields: dict[str, object]) -> Iterator[str]:
    message = fields.get("MESSAGE")
    if isinstance(message, str) and _is_kernels(fields):
        yield message
