"""Kernel profiles as JSON."""

from __future__ import annotations

from srat_tool.kernel.catalogue import kernel_catalogue
from srat_tool.render.kernels_json import kernels_value


def test_every_profile_has_its_evidence() -> None:
    """With a grade that is one of five words."""
    value = kernels_value(kernel_catalogue())
    grades = {seen["grade"] for row in value["profiles"] for seen in row["evidence"]}
    assert grades == {"boots", "logs", "source", "neighbours", "assumed"}
    assert value["answer"] is None
