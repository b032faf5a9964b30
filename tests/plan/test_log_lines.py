"""Lines that are written when they are read."""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.plan.log_lines import LogLines


def test_nothing_is_written_before_it_is_read() -> None:
    """Each pass writes anew; a place or a number is kept."""
    written = []

    def write() -> Iterator[str]:
        for line in ("a", "b"):
            written.append(line)
            yield line

    lines = LogLines(write)
    assert written == []
    assert next(iter(lines)) == "a"
    assert written == ["a"]
    assert (lines[1], lines[:1], len(lines)) == ("b", ("a",), 2)
    assert len(written) == 3


def test_it_compares_as_its_lines() -> None:
    """With itself, tuples and lists."""
    lines = LogLines(lambda: ["a", "b"])
    assert lines == ("a", "b")
    assert lines == ["a", "b"]
    assert lines == LogLines(lambda: ("a", "b"))
    assert lines != ("a",)
    assert lines != "ab"
    assert hash(lines) == hash(("a", "b"))
    assert repr(lines) == "('a', 'b')"
