"""The fuzzer itself, for a moment."""

from __future__ import annotations

import sys

import pytest

from tests import fuzz
from tests.sources.samples import tables_in


def test_a_second_of_fuzzing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every sample is sound, and a second of damage to them breaks nothing."""
    for name, data in fuzz.samples().items():
        assert tables_in(data), name
    monkeypatch.setattr(sys, "argv", ["fuzz", "--seconds", "1", "--seed", "7"])
    assert fuzz.main() == 0, capsys.readouterr().out
