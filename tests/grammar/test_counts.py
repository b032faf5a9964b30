"""Counts that take more than one field."""

from srat_tool.grammar.counts import switch_numbers, window_targets


def test_targets_of_a_window() -> None:
    """A code gives the number of ways; a reserved one leaves what the length has room for."""
    assert window_targets({"encoded_ways": 1, "length": 44}) == 2
    assert window_targets({"encoded_ways": 99, "length": 48}) == 3


def test_numbers_of_a_switch() -> None:
    """Only whole entries of four numbers count; a length below the fixed part has none."""
    assert switch_numbers({"length": 16 + 17}) == 8
    assert switch_numbers({"length": 3}) == 0
