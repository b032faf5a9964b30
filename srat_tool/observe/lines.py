"""Log text to the lines that the kernel printed: no timestamps, levels, quoting or mail encoding.

Indentation of a message survives, for `/proc/iomem`; in a kernel's log it means nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from srat_tool.observe.containers import raw_lines
from srat_tool.observe.frames import framed

_MAIL = r"(?:[>|] ?){1,8}|\+(?=[A-Za-z\[ ])"
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_DAYS = "Mon|Tue|Wed|Thu|Fri|Sat|Sun"
_DATE = rf"(?:{_MONTHS}) {{1,2}}\d{{1,2}}"
_CLOCK = r"\d\d:\d\d:\d\d(?:[.,]\d{1,9})?"
_ISO = r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.,]?\d{0,9}(?:Z|[+-]\d\d:?\d\d)?"
_DATES = (
    rf"(?:(?:{_DAYS}) )?{_DATE} (?:\d{{4}} )?{_CLOCK}(?: \d{{4}})?|{_ISO}"
    rf"|(?:{_DAYS}) \d{{4}}-\d\d-\d\d {_CLOCK} [A-Z0-9+-]{{1,6}}|\d{{9,11}}\.\d{{6}}"
)
_KERNEL = r"(?:[\w.:()-]{1,255} )?(?:\w{1,8}\.\w{1,8} )?kernel(?:\[\d{1,7}\])?: ?"
_5424 = (
    rf"(?:<\d{{1,3}}>)?1 {_ISO} \S{{1,255}} kernel \S{{1,128}} \S{{1,32}} (?:-|\[[^\]]{{0,512}}\])"
)
_SYSLOG = rf"(?:{_DATES}) {_KERNEL}|{_5424} \ufeff?"
# A line of a logger: the host that it names, and whether the kernel or another program spoke.
_HOSTED = re.compile(
    rf"(?:<\d{{1,3}}>)?(?:1 )?(?:{_DATES}|\[ {{0,12}}\d{{1,10}}\.\d{{6}}\]) ([\w.:()-]{{1,255}}) "
    r"((?:\w{1,8}\.\w{1,8} )?kernel(?:\[\d{1,7}\])?(?:: ?| \S))?"
)
# What the installers of Fedora and Red Hat write.
_ANACONDA = rf"{_CLOCK} (?:EMERG|ALERT|CRIT|ERR|ERROR|WARN|WARNING|NOTICE|INFO|DEBUG) {_KERNEL}"
_LEVELS = "emerg|alert|crit|err|warn|notice|info|debug"
_LEVEL = rf"<\d{{1,3}}>|(?:kern|user|daemon) {{0,4}}:(?:{_LEVELS}) {{0,4}}: ?"
_DELTA = r"(?: <? {0,12}\+?\d{1,10}\.\d{1,9} ?>)?"
_STAMP = (
    rf"\[ {{0,12}}\+?\d{{1,10}}\.\d{{1,9}}{_DELTA} ?\] ?(?:{_KERNEL})?"
    rf"|\[(?:{_DAYS}) {_DATE} \d\d:\d\d:\d\d \d{{4}}{_DELTA}\] ?"
    rf"|\[(?:{_MONTHS}) {{0,2}}\d{{1,2}} {{1,2}}\d\d:\d\d\] ?"
    rf"|{_ISO} "
)
# As /dev/kmsg gives them.
_RECORD = r"\d{1,4},\d{1,20},\d{1,20},[-c+](?:,[^;]{0,80})?;"
_CALLER = r"\[ {0,8}[TC]\d{1,10}\] ?"
_STAMPS = rf"[ \t]{{0,64}}(?:{_RECORD}|{_SYSLOG}|{_ANACONDA}|{_LEVEL}|{_STAMP}|{_CALLER})"
_PREFIX = re.compile(rf"(?:{_MAIL})?((?:{_STAMPS}){{0,6}})")
_OWN_STAMP = re.compile(r"\[ {0,12}\d{1,10}\.\d{6}\]")
# Most lines of most logs: the kernel's own stamp, followed by nothing that a prefix begins with
# but the name of a host and of the kernel, which `_KERNEL_WORD` is part of.
_STAMP_ALONE = re.compile(
    rf"{_OWN_STAMP.pattern} (?![ \t\d<\[]|(?:{_DAYS}|{_MONTHS}) |kern|user|daemon)"
)
_KERNEL_WORD = "kernel"
# The kernel's own stamp after something: a logger's prefix, or another message without its end.
_INNER = re.compile(rf"{_OWN_STAMP.pattern}(?=[ \[])")
_WIDEST_GAP = 8
# Messages that begin where another one, without its end of line, stopped. Each begins with a
# letter, for which a search is fast.
_GLUED = re.compile(
    r"Zone (?:PFN )?ranges:|Movable zone start|Early memory node ranges"
    r"|early_node_map\[|No NUMA configuration|NUMA turned off|Faking a node|Initmem setup node"
    r"|NODE_DATA\(|ACPI: SRAT: (?:Node|PXM) \d|SRAT: (?:Node|PXM) \d|BIOS-e820: "
    r"|Kernel command line: |Command line: "
)
# After these characters such words are the rest of a message.
_NO_END = ":[(/=+>|;"
_LONGEST_BROKEN = 200
_NARROWEST = 60
_BROKEN_LINES = 4
_LONGEST_WRAPPED = 8192
_MAPS = ("BIOS-e820:", "user:", "modified:", "reserve setup_data:", "Xen:")
_OLD_ENTRY = re.compile(r"[\w -]{3,20}: [0-9a-f]{8,16}(?: -(?: [0-9a-f]{8,16})?)?$")
# Messages that do not end there.
_UNFINISHED = re.compile(
    r"Linux version"
    r"|(?:ACPI: )?(?:NUMA: )?SRAT: (?:PXM|Node)(?: \d{1,10}(?: PXM(?: \d{1,10})?)?)?"
    r"|(?:ACPI: )?(?:NUMA: )?SRAT: PXM \d{1,10} ->(?: (?:X2APIC|APIC|MPIDR)"
    r"(?: (?:0x[0-9a-f]{1,16}|\d{1,10})(?: ->(?: Node)?)?)?)?"
    r"|NUMA: Node \d{1,4} (?:[^>]{0,90}\+|.{0,150}->)"
    r"|NODE_DATA(?:\(\d{1,4}\)(?: allocated)?)?"
    r"|(?:Initmem|Bootmem) setup(?: node(?: \d{1,4})?)?"
    r"|node {1,4}\d{1,4}:|(?:NUMA: )?Faking(?: a(?: node(?: at)?)?)?"
    r"|Movable zone(?: start(?: for(?: each)?)?)?|Early memory(?: node)?"
    r"|No NUMA(?: configuration)?|(?:BIOS-e820|user|modified|reserve setup_data):"
)
# Messages whose rest may be on lines of its own, where all others have timestamps.
_OF_INTEREST = re.compile(
    r"Linux version|(?:Kernel c|C)ommand line: |BIOS-|e820|user: |modified: |reserve setup_data: "
    r"|Xen: |efi: |ACPI: |SRAT: |NUMA: |\s{0,8}NODE_DATA|\s{0,8}node {1,4}\d|(?:Init|Boot)mem setup"
    r"|(?:NUMA: )?Faking|Movable zone|Early memory|No NUMA|\s{0,4}(?:DMA|DMA32|Normal|Device) "
)
_COMMAND_LINE = re.compile(r"(?:Kernel c|C)ommand line: ")
_OPTIONS = re.compile(r"(?:[\w.,/-]{1,80}(?:=\S{0,512})?(?: {1,4}|$)){1,40}$")
_REST_OF_VERSION = re.compile(r"\(|#\d{1,5}[ -]|SMP |PREEMPT")


def kernel_lines(text: str) -> Iterator[str]:
    """Yield each line as the kernel printed it; time is linear in the text."""
    pairs = [
        _split_prefix(line)
        for raw in _of_kernel(_unwrapped(framed(raw_lines(text), _is_read)))
        for line in _unglued(raw)
    ]
    stamped = sum(has_stamp for _, has_stamp in pairs)
    return _whole(pairs, all_stamped=2 * stamped > sum(1 for line, _ in pairs if line))


def _is_read(before: str) -> bool:
    """Return whether the text before a message can be removed without the help of other lines."""
    stamps = list(_OWN_STAMP.finditer(before))
    rest = before[stamps[-1].start() :] if stamps else before
    return not _split_prefix(rest)[0].strip(' \t"')


def _of_kernel(lines: Sequence[str]) -> Iterator[str]:
    """Leave empty what other programs wrote into the log of a host whose kernel writes to it."""
    named = [_HOSTED.match(line) for line in lines if _KERNEL_WORD in line]
    hosts = {match[1] for match in named if match and match[2]}
    if not hosts:
        yield from lines
        return
    for line in lines:
        match = _HOSTED.match(line)
        is_foreign = match is not None and match[1] in hosts and not match[2]
        yield "" if is_foreign else line


def _unwrapped(lines: Sequence[str]) -> Sequence[str]:
    """Join what a terminal broke at its width, in logs whose messages have timestamps.

    Only its last column shows that a line was broken: many lines end there, and none after it.
    """
    width = max(map(len, lines), default=0)
    if width < _NARROWEST or sum(len(line) == width for line in lines) < _BROKEN_LINES:
        return lines
    stamped = sum(_split_prefix(line)[1] for line in lines)
    if 3 * stamped <= sum(map(bool, lines)):
        return lines
    whole: list[str] = []
    goes_on = False
    for line in lines:
        if goes_on and line and not _split_prefix(line)[1]:
            whole[-1] += line
        else:
            whole.append(line)
        goes_on = len(line) == width
    return whole


def _split_prefix(line: str) -> tuple[str, bool]:
    match = _STAMP_ALONE.match(line)
    if match is not None and _KERNEL_WORD not in line:
        return line[match.end() :], True
    match = _PREFIX.match(line)
    if match is None:
        return line, False
    return line[match.end() :], bool(match[1])


def _unglued(line: str) -> list[str]:
    """Return the messages of a line: where the kernel, or a paste, has lost the ends of some."""
    # Most lines have one bracket, the one that they begin with, and none of these words.
    cuts: list[int] = []
    if line.find("[", 1) > 0:
        cuts = [at for found in _INNER.finditer(line, 1) if _ends(line, at := found.start())]
    if _GLUED.search(line, 1):
        cuts += [at for found in _GLUED.finditer(line, 1) if _is_glued(line, at := found.start())]
    if not cuts:
        return [line]
    edges = [0, *sorted(cuts), len(line)]
    parts = [line[start:end] for start, end in pairwise(edges)]
    if not _is_loggers(parts[0], parts[1]):
        return parts
    if parts[0].endswith('"'):
        parts[-1] = parts[-1].removesuffix('"')
    return parts[1:]


def _ends(line: str, at: int) -> bool:
    """Return whether there is text before a stamp, a few blanks away at most."""
    before = line[max(0, at - _WIDEST_GAP - 1) : at].rstrip(" \t")
    return bool(before) and not before[-1].isspace()


def _is_glued(line: str, at: int) -> bool:
    before = line[at - 1]
    return not before.isspace() and before not in _NO_END


def _is_loggers(part: str, behind: str) -> bool:
    """Return whether some logger wrote a part, before the kernel's own stamp."""
    message, _ = _split_prefix(part)
    own = _OWN_STAMP.search(part) is not None
    return not message.strip() or (
        not own and bool(_OWN_STAMP.match(behind)) and not _OF_INTEREST.match(message)
    )


def _whole(pairs: list[tuple[str, bool]], *, all_stamped: bool) -> Iterator[str]:
    """Join what a terminal or a mailer broke."""
    begun: str | None = None
    for line, has_stamp in pairs:
        if begun is None:
            begun = line
        elif _continues(begun.strip(), line, is_new=has_stamp, all_stamped=all_stamped):
            begun = _joined(begun, line)
        else:
            yield begun
            begun = line
    if begun is not None:
        yield begun


def _continues(begun: str, line: str, *, is_new: bool, all_stamped: bool) -> bool:
    """Return whether a line is the rest of the one above it."""
    rest = line.strip()
    if not rest or _OF_INTEREST.match(rest) or len(begun) > _LONGEST_WRAPPED:
        return False
    if all_stamped:
        return not is_new and not rest.startswith("# ") and bool(_OF_INTEREST.match(begun))
    if _COMMAND_LINE.match(begun):
        return len(begun) > 60 and ": " not in rest and bool(_OPTIONS.match(rest))
    if begun.startswith("Linux version "):
        return bool(_REST_OF_VERSION.match(rest))
    return _is_broken(begun)


def _is_broken(line: str) -> bool:
    """Return whether a terminal or a mailer broke the line: inside a range, or before its type."""
    if len(line) > _LONGEST_BROKEN:
        return False
    if _UNFINISHED.fullmatch(line) or (line.startswith(_MAPS) and _OLD_ENTRY.match(line)):
        return True
    at = line.rfind("[mem")
    if at < 0:
        return False
    return "]" not in line[at:] or (line.endswith("]") and line.startswith(_MAPS))


def _joined(begun: str, line: str) -> str:
    begun, rest = begun.rstrip(), line.strip()
    inside = begun.endswith("-") and not begun.endswith(" -")
    return begun + ("" if inside else " ") + rest
