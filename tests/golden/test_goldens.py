"""The program still prints what the reviewed goldens contain."""

from __future__ import annotations

import pytest

from tests.golden import pages
from tests.golden.goldens import GOLDEN, Golden, goldens

ALL = list(goldens())


@pytest.mark.parametrize("golden", ALL, ids=lambda golden: str(golden.place))
def test_the_tool_says_the_same(golden: Golden) -> None:
    """What a command prints about a machine of the library is what was reviewed."""
    assert golden.text() == (GOLDEN / golden.place).read_text()


def test_no_golden_is_left_over() -> None:
    """Every file belongs to a machine and a command."""
    there = {path.relative_to(GOLDEN) for path in GOLDEN.rglob("*") if path.is_file()}
    assert there == {golden.place for golden in ALL} | set(pages.commands())
