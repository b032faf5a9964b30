"""The text output: goldens at fixed widths, and the golden rule of addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from srat_tool.plan.plan import Assumption, HotRange, Plan, Region
from srat_tool.render.paper.console import Paper, paint
from srat_tool.render.plan.plan import plan_lines
from tests.render.samples import SAMPLES, big, laptop, two_sockets


def _page(plan: Plan, paper: Paper, *, everything: bool = False) -> str:
    return paint(plan_lines(plan, paper, everything=everything), paper)


def _promised(plan: Plan) -> Iterator[int]:
    """First and last byte of everything whose address the whole page (`--details`) shows."""
    yield from (start.start for start in plan.movable_start)
    for group in (plan.hotpluggable, plan.hot_add, plan.memory, plan.reserved):
        for item in group:
            yield from (item.start, item.end - 1)
    for data in plan.node_local:
        if data.start is not None and data.end is not None:
            yield from (data.start, data.end - 1)


def _numbers(page: str) -> set[int]:
    return {int(digits, 16) for digits in re.findall(r"\b0x([0-9a-f]+)\b", page)}


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("width", [60, 80, 200])
@pytest.mark.parametrize("unicode", [True, False])
def test_every_promised_address_is_in_the_text(name: str, width: int, *, unicode: bool) -> None:
    """With --details no address of the plan is missing, at any width."""
    plan = SAMPLES[name]()
    page = _page(plan, Paper(width=width, unicode=unicode), everything=True)
    assert set(_promised(plan)) <= _numbers(page)


HOSTILE = "[red]x[/red] [/nope] \x1b[31m\x07\u202e [mem 0x0-0x9ffff]"


@pytest.mark.parametrize("color", [None, "standard"])
def test_hostile_words_are_shown_and_not_obeyed(color: None) -> None:
    """Whatever a log or a path slipped into a plan: no markup lost, no escape sequence out."""
    plan = replace(
        two_sockets(),
        crash=HOSTILE,
        rejected=HOSTILE,
        hotpluggable=(HotRange(0, 1, 0, 0, HOSTILE, HOSTILE, 0),),
        reserved=(Region(0, 4096, 0, (HOSTILE,), HOSTILE),),
        assumptions=(Assumption(HOSTILE, HOSTILE, HOSTILE),),
    )
    page = _page(plan, Paper(width=2000, color=color), everything=True)
    safe = HOSTILE.replace("\x1b", "\\x1b").replace("\x07", "\\x07").replace("\u202e", "\\u202e")
    assert page.count(safe) == 9
    assert "\x07" not in page
    assert "\u202e" not in page


def test_memoryless_nodes_are_one_line() -> None:
    """However many there are."""
    assert "6 nodes without memory: 5,10,15,20,25,30\n" in _page(big(), Paper())


def test_bad_news_stands_above_the_picture() -> None:
    """A boot that would not survive is reported before its picture is drawn."""
    lines = _page(replace(laptop(), crash="RAM without a node"), Paper(width=150)).splitlines()
    assert lines[1] == "crash at boot: RAM without a node"


def test_ascii_page_is_ascii() -> None:
    """Nothing but ASCII where the encoding can do no better."""
    assert all(_page(SAMPLES[name](), Paper(unicode=False)).isascii() for name in SAMPLES)


def test_lines_for_grep_are_not_folded() -> None:
    """In a pipe each sentence and each range is one line."""
    page = _page(two_sockets(), Paper(width=20, folds=False))
    assert "2 x 32G  movable: the node holds no kernel data\n" in page
