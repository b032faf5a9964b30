"""Kernel profiles as text."""

from __future__ import annotations

from srat_tool.kernel.catalogue import kernel_catalogue
from srat_tool.render.kernels import kernels_lines
from srat_tool.render.paper.console import Paper


def test_an_answer_says_what_is_not_modelled() -> None:
    """The doubt follows the row that answers."""
    lines = [str(line) for line in kernels_lines(kernel_catalogue("6.12.0-55.el10"), Paper())]
    assert lines[0].startswith("6.12.0-55.el10 (Red Hat Enterprise Linux 10): profile 6.12")
    assert any("not modelled: Red Hat carries" in line for line in lines)
