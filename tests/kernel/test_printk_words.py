"""The wording on which kernels differ."""

from __future__ import annotations

from srat_tool.kernel.printk_words import Printk
from srat_tool.kernel.profiles import profile_for


def test_the_defaults_are_those_of_late_kernels() -> None:
    """A row names only what is worded in another way."""
    assert Printk().page_frames is False
    assert profile_for("2.6.32").printk.page_frames
