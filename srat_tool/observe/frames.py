"""Text before and after every message of a log that no known logger wrote.

The log itself shows it: some messages begin, or end, with words that only the kernel prints, so
the text that most of them have around these words is a frame. A frame is known by its shape: its
punctuation, and where it has numbers and words. Lines of another shape stay as they are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

# No frame is longer; where the kernel's words are further inside, they are a quotation.
_LONGEST = 160
_FEWEST = 3
_MAX_SHAPES = 4
_STAMP = "[    0.000000] "
_BEGINNINGS = (
    "Linux version ",
    "Booting Linux on physical CPU",
    "Command line: ",
    "Kernel command line: ",
    "BIOS-provided physical RAM map:",
    "BIOS-e820: ",
    "ACPI: RSDP ",
    "ACPI: XSDT ",
    "ACPI: FACP ",
    "Zone ranges:",
    "Zone PFN ranges:",
    "Movable zone start for each node",
    "Early memory node ranges",
    "early_node_map[",
    "Dentry cache hash table entries:",
    "Inode-cache hash table entries:",
    "SRAT: PXM ",
    "SRAT: Node ",
    "Initmem setup node ",
    "Bootmem setup node ",
    "Faking a node at ",
    "No NUMA configuration found",
)
# Some kernels print these words before some of the above.
_LEAD = re.compile(r"(?:ACPI: |NUMA: |e820: ){1,2}$")
_ENDS = (
    "BIOS-provided physical RAM map:",
    "Zone ranges:",
    "Zone PFN ranges:",
    "Movable zone start for each node",
    "Early memory node ranges",
    "NX (Execute Disable) protection: active",
    "f] usable",
    "f] reserved",
    "(usable)",
    "(reserved)",
)
_NUMBER = re.compile(r"[0-9]+")
_TOKEN = re.compile(r"\w+|[^\w\s]")
# What follows a message begins like this; other words are the kernel's.
_FIELDS = re.compile(r" {0,40}[,;|\"\t]")
_KERNEL = re.compile(r"(?i)\w*kern\w*$")
_BLANKS = r"[ \t]{0,40}"


def framed(lines: Sequence[str], is_known: Callable[[str], bool]) -> Sequence[str]:
    """Return the lines with a time stamp of the kernel in place of an unknown frame.

    Args:
        lines: of a log, in the form it was saved in.
        is_known: whether the text before a message is read without this.
    """
    text = "\n".join(lines)
    before = _before(text)
    fronts = _shapes(before, is_known)
    after = _after(text)
    backs = _shapes(after, lambda part: not _FIELDS.match(part))
    if fronts:
        front = re.compile(rf"{_BLANKS}(?:{'|'.join(fronts)}){_BLANKS}")
        lines = [_STAMP + line[m.end() :] if (m := front.match(line)) else line for line in lines]
    if backs:
        back = re.compile(rf"{_BLANKS}(?:{'|'.join(backs)}){_BLANKS}$")
        lines = [back.sub("", line) for line in lines]
    return lines


def _before(text: str) -> list[str]:
    """Return the text before each of the kernel's beginnings, on its line."""
    found = []
    for words in _BEGINNINGS:
        for at in _places(text, words):
            start = text.rfind("\n", max(0, at - _LONGEST), at) + 1
            if start or at < _LONGEST:
                found.append(_LEAD.sub("", text[start:at]))
    return found


def _after(text: str) -> list[str]:
    """Return the text after each of the kernel's ends, on its line."""
    found = []
    for words in _ENDS:
        for at in _places(text, words):
            start = at + len(words)
            end = text.find("\n", start, start + _LONGEST)
            if end >= 0 or len(text) < start + _LONGEST:
                found.append(text[start : end if end >= 0 else len(text)])
    return found


def _places(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + len(words))


def _shapes(parts: Sequence[str], is_known: Callable[[str], bool]) -> list[str]:
    """Return a pattern for each usual shape, longest first; none where most parts are known."""
    unknown = [part for part in parts if not is_known(part)]
    if len(unknown) < _FEWEST or 2 * len(unknown) <= len(parts):
        return []
    by_shape: dict[tuple[str, ...], list[list[str]]] = {}
    for part in unknown:
        tokens = _TOKEN.findall(part)
        shape = tuple("w" if token[0].isalnum() or token[0] == "_" else token for token in tokens)
        by_shape.setdefault(shape, []).append(tokens)
    counted = Counter({shape: len(found) for shape, found in by_shape.items()})
    fewest = max(_FEWEST - 1, len(parts) // _MAX_SHAPES // 2)
    common = counted.most_common(_MAX_SHAPES)
    usual = [(shape, count) for shape, count in common if shape and count >= fewest]
    if 3 * sum(count for _, count in usual) < 2 * len(parts):
        return []
    usual.sort(key=lambda pair: -len(pair[0]))
    return [_pattern(by_shape[shape]) for shape, _ in usual]


def _pattern(found: Sequence[Sequence[str]]) -> str:
    """Return a pattern for parts of one shape.

    With a number in it, words may differ from line to line, but for the name of the kernel.
    """
    columns = list(zip(*found, strict=True))
    numbered = any(_NUMBER.fullmatch(column[0]) for column in columns)
    pattern, was_word = "", False
    for column in columns:
        is_word = bool(re.match(r"\w", column[0]))
        pattern += r"[ \t]{1,40}" if was_word and is_word else _BLANKS
        if not is_word or (len(set(column)) == 1 and (not numbered or _KERNEL.match(column[0]))):
            pattern += re.escape(column[0])
        else:
            pattern += r"\d{1,40}" if all(map(_NUMBER.fullmatch, column)) else r"\w{1,40}"
        was_word = is_word
    return pattern
