"""A value that is computed when it is first read."""

from __future__ import annotations

from srat_tool.plan.later import Later


def test_it_is_worked_out_once_and_not_before() -> None:
    """Work begins with the first question."""
    done: list[int] = []

    def work() -> int:
        done.append(1)
        return 7

    later = Later(work)
    assert done == []
    assert (later.value, later.value, done) == (7, 7, [1])


def test_equal_values_are_equal_answers() -> None:
    """As if they were the values."""
    one, other = Later(lambda: 7), Later(lambda: 8)
    assert one == Later(lambda: 7)
    assert hash(one) == hash(7)
    assert one not in (other, 7)
    assert repr(other) == "8"
