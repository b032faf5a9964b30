"""Bounds on work."""

from __future__ import annotations

from srat_tool.base.limits import Budget, limits


def test_bounds_are_in_force_for_a_while() -> None:
    """Those of an inner call count inside it; afterwards the ones before do."""
    assert limits() == Budget()
    with Budget(depth=3).in_force():
        assert limits().depth == 3
        with Budget(depth=4).in_force():
            assert limits().depth == 4
        assert limits().depth == 3
    assert limits() == Budget()
