"""Log text to the lines that the kernel printed: no timestamps, levels, quoting or mail encoding.

What is told apart by one blank must survive: `  node   0:` keeps its two.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator

_MAIL = re.compile(r"(?:[>|] ?){1,8}")
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_DATE = rf"(?:{_MONTHS}) {{1,2}}\d{{1,2}}"
_ISO = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.,]?\d{0,9}(?:Z|[+-]\d\d:?\d\d)?"
_SYSLOG = re.compile(
    rf"(?:{_DATE} \d\d:\d\d:\d\d|{_ISO}) (?:[^\s:]{{1,255}} )?kernel(?:\[\d{{1,7}}\])?: ?"
)
_LEVEL = re.compile(
    r"<\d{1,3}>|(?:kern|user|daemon) {0,4}:(?:emerg|alert|crit|err|warn|notice|info|debug) {0,4}: ?"
)
_STAMP = re.compile(
    r"\[ {0,12}\+?\d{1,10}\.\d{1,9}\] ?"
    r"|\[(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (?:" + _DATE + r") \d\d:\d\d:\d\d \d{4}\] ?"
    r"|\[(?:" + _MONTHS + r") {0,2}\d{1,2} {1,2}\d\d:\d\d\] ?"
    r"|" + _ISO + " "
)
# What a logger of consoles, or one that nobody has heard of, puts before the kernel's own stamp.
_FOREIGN = re.compile(r".{1,80}?(?=\[ {0,12}\d{1,10}\.\d{6}\][ \[])")
_FOREIGN_HEAD = re.compile(_FOREIGN.pattern + r".{8,40}?(?:Linux version \d|BIOS-e820: )")
# As /dev/kmsg gives them.
_RECORD = re.compile(r"\d{1,4},\d{1,20},\d{1,20},[-c+](?:,[^;]{0,80})?;")
_CALLER = re.compile(r"\[ {0,8}[TC]\d{1,10}\] ?")
# A log that was moved to the right, as a quotation or a listing.
_INDENT = re.compile(rf"[ \t]{{1,64}}(?={_SYSLOG.pattern}|{_LEVEL.pattern}|{_STAMP.pattern})")
_FIRST = re.compile(r"([ \t]{1,64})Linux version \d")
# RFC 3676, 4.4: what begins with a blank is sent with another one before it.
_STUFFED = re.compile(r"  BIOS-e820: [0-9a-f]{16} - ")
_SOFT_BREAK = "=\n"
_LONGEST_BROKEN = 200
_MAPS = ("BIOS-e820: ", "user: ", "modified: ")


def kernel_lines(text: str) -> Iterator[str]:
    """Yield each line as the kernel printed it; time is linear in the text."""
    raw = _without_foreign([line.rstrip("\r") for line in _decoded(text).split("\n")])
    return _whole(_moved_back([strip_prefix(line) for line in raw]))


def _without_foreign(lines: list[str]) -> list[str]:
    """Cut each line at the kernel's own stamp, where one of the first stands behind something."""
    if not any(_FOREIGN_HEAD.match(line) for line in lines if "Linux v" in line or "-e8" in line):
        return lines
    found = ((line, _FOREIGN.match(line)) for line in lines)
    return [line if match is None else line[match.end() :] for line, match in found]


def _moved_back(lines: list[str]) -> list[str]:
    """Undo the indentation of a log without timestamps, and the blanks that a mailer stuffed in."""
    found = next((match for line in lines if (match := _FIRST.match(line))), None)
    if found is not None:
        lines = [line.removeprefix(found[1]) for line in lines]
    if any(_STUFFED.match(line) for line in lines):
        lines = [line.removeprefix(" ") for line in lines]
    return lines


def _whole(lines: list[str]) -> Iterator[str]:
    """Join what a terminal or a mailer broke."""
    begun = ""
    for bare in lines:
        line = bare
        if begun and line.startswith(_MAPS):
            yield begun
        elif begun:
            line = _joined(begun, line)
        begun = ""
        if _is_broken(line):
            begun = line
        else:
            yield line
    if begun:
        yield begun


def _is_broken(line: str) -> bool:
    """Return whether a terminal or a mailer broke the line: inside a range, or before its type."""
    at = line.rfind("[mem")
    if at < 0 or len(line) > _LONGEST_BROKEN:
        return False
    return "]" not in line[at:] or (line.endswith("]") and line.startswith(_MAPS))


def _joined(begun: str, line: str) -> str:
    space = "" if begun.endswith(("-", " ")) else " "
    return begun + space + line.lstrip()


def strip_prefix(line: str) -> str:
    """Return a line without what loggers, mailers and printk put before the message."""
    at = 0
    for pattern in (_MAIL, _INDENT, _RECORD, _SYSLOG, _LEVEL, _STAMP, _CALLER):
        match = pattern.match(line, at)
        if match is not None:
            at = match.end()
    return line[at:]


def _decoded(text: str) -> str:
    text = text.replace("\r\n", "\n")
    if "=3D" in text and _SOFT_BREAK in text:
        raw = binascii.a2b_qp(text.encode("utf-8", "surrogateescape"))
        return raw.decode("utf-8", "replace")
    return text
