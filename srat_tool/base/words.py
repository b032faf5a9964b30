"""Numbers and ranges as this tool prints them everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from srat_tool.base.span import Span


def plural(count: int, one: str, many: str | None = None) -> str:
    """Return `1 node`, `2 nodes`."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def joined(words: Sequence[str], last: str = "and") -> str:
    """Return `a`, `a and b`, `a, b and c`, with another word than `and` when it is given."""
    return f" {last} ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def runs(numbers: Iterable[int], most: int | None = None) -> str:
    """Return `0-3,8,10-12`; after `most` runs the rest is only counted.

    Args:
        numbers: in any order; doubled ones count once.
        most: how many runs to spell out; None for all.
    """
    spans: list[list[int]] = []
    for number in sorted(set(numbers)):
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    shown = spans if most is None else spans[:most]
    text = ",".join(str(a) if a == b else f"{a}-{b}" for a, b in shown)
    rest = sum(b - a + 1 for a, b in spans[len(shown) :])
    return f"{text} and {rest} more" if rest else text


def digits(spans: Iterable[Span]) -> int:
    """Return how many hexadecimal digits the last address of any of the spans needs."""
    return max((len(f"{span.end - 1:x}") for span in spans), default=1)


def address_range(span: Span, width: int = 1) -> str:
    """Return `0x000100000-0x0007fffff`: inclusive, as in `/proc/iomem`.

    Args:
        span: half-open byte range.
        width: hexadecimal digits of each number, filled up with zeros.
    """
    return f"0x{span.start:0{width}x}-0x{span.end - 1:0{width}x}"
