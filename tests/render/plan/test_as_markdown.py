"""Markdown for a review comment."""

from __future__ import annotations

from dataclasses import replace

from srat_tool.plan.plan import Assumption
from srat_tool.render.look import Look
from srat_tool.render.plan.as_markdown import fenced, plain, plan_markdown
from tests.render.samples import big, laptop, two_sockets


def test_parts_of_a_comment() -> None:
    """Verdict, picture in a fence, table of verdicts, sentences."""
    text = plan_markdown(two_sockets(), Look(width=100))
    assert text.startswith("**3 nodes, 96G of memory")
    assert "```text\n" in text
    assert "| `+0x0058` | 1 | 1 | `0x840000000-0x103fffffff` | 32G | **movable**: node 1" in text
    assert "\n- **kernel node:** node 0 holds kernel image and initrd\n" in text


def test_no_hot_range_no_table() -> None:
    """A machine without hot-pluggable memory gets no empty table."""
    assert "| at |" not in plan_markdown(laptop())


def test_long_tables_are_capped_with_a_line() -> None:
    """And whole when asked for."""
    assert "... and 1 more; `--details` shows all" in plan_markdown(big())
    assert "more; `--details`" not in plan_markdown(big(), Look(everything=True))


def test_plain_text_means_nothing_to_markdown() -> None:
    """No emphasis, link, tag, table or mention comes out of a name."""
    assert plain("a|b `c` <d> [e](f) *g* _h_ \x1b") == (
        r"a\|b \`c\` \<d\> \[e\](f) \*g\* \_h\_ \\x1b"
    )
    assert plain("@user") == "@<!-- -->user"


def test_a_fence_cannot_be_left() -> None:
    """It is longer than any run of backticks inside it."""
    assert fenced("a ```` b") == "`````text\na ```` b\n`````"


def test_hostile_words_stay_words() -> None:
    """In sentences too."""
    plan = replace(laptop(), assumptions=(Assumption("x", "<img src=x>", "\n# heading"),))
    text = plan_markdown(plan)
    assert r"\<img src=x\>" in text
    assert "\n# heading" not in text
