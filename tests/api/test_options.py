"""Options as values."""

from __future__ import annotations

import pytest

from srat_tool.api.options import PlanOptions, ReadOptions


def test_boot_options_become_words_of_a_command_line() -> None:
    """They keep the order in which kernels read them."""
    options = PlanOptions(movable_node=True, movablecore="30%", kernelcore="1G")
    assert options.boot_options == ("kernelcore=1G", "movablecore=30%", "movable_node")
    assert PlanOptions().boot_options == ()


def test_steps_are_reported_and_their_end_is() -> None:
    """The callback gets the work with each item, and None at the end."""
    seen: list[tuple[str, str | None]] = []
    read = ReadOptions(progress=lambda work, item: seen.append((work, item)))
    with read.steps("reading") as step:
        assert step is not None
        step("a")
    assert seen == [("reading", "a"), ("reading", None)]


def test_the_end_is_reported_after_an_error() -> None:
    """A line on a terminal is removed before the error is printed."""
    seen: list[str | None] = []
    read = ReadOptions(progress=lambda _, item: seen.append(item))
    with pytest.raises(KeyError), read.steps("reading"):
        raise KeyError
    assert seen == [None]


def test_without_a_callback_nothing_is_called() -> None:
    """The default reports nothing."""
    with ReadOptions().steps("reading") as step:
        assert step is None
