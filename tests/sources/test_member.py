"""One file of an archive."""

from __future__ import annotations

import io

from srat_tool.sources.member import Member


def test_reads_and_skips() -> None:
    """What is left of a member and its padding is skipped; a cut one is noticed."""
    stream = io.BytesIO(b"abcdef..next")
    member = Member("m", 6, stream, 2)
    assert member.read(4) == b"abcd"
    assert member.left == 2
    assert member.skip()
    assert stream.read() == b"next"
    assert not Member("m", 5, io.BytesIO(b"abc")).skip()
