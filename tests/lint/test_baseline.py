"""Known findings."""

from __future__ import annotations

import pytest

from srat_tool.base.errors import SratToolError
from srat_tool.lint.baseline import apply_baseline, baseline_json, read_baseline
from tests.lint.lab import report, srat_spec

OLD = report(srat_spec("apic 0 0\nmem 0 0+4G\nmem 3 0+0"))
MOVED = report(srat_spec("apic 0 0..1\nmem 0 0+4G\nmem 3 0+0"))


def test_known_findings_are_left_out() -> None:
    """Also when an entry in front of them moved them."""
    result = apply_baseline(MOVED, read_baseline(baseline_json(OLD), "b.json"))
    assert result.findings == ()
    assert (result.known, result.stale) == (len(OLD.findings), ())


def test_one_more_of_the_same_is_new() -> None:
    """A finding is known as often as it was found."""
    twice = report(srat_spec("apic 0 0\nmem 0 0+4G\nmem 3 0+0\nmem 3 0+0"))
    result = apply_baseline(twice, read_baseline(baseline_json(OLD), "b.json"))
    assert [f.id for f in result.findings] == ["SRAT104"]


def test_what_is_gone_is_stale() -> None:
    """A baseline does not grow old unnoticed."""
    clean = report(srat_spec("apic 0 0\nmem 0 0+4G"))
    result = apply_baseline(clean, read_baseline(baseline_json(OLD), "b.json"))
    assert any(entry.startswith("SRAT104 ") for entry in result.stale)


def _with(entry: str) -> str:
    return f'{{"schema": "srattool.baseline/1", "known": {{"a": {entry}}}}}'


@pytest.mark.parametrize(
    "text",
    [
        *("", "[]", "{}", "null", "5", '{"schema": "x", "known": {}}', "[" * 100_000, "9" * 5000),
        '{"schema": "srattool.baseline/1", "known": []}',
        *map(_with, ("5", "{}", '{"count": 1, "id": "x"}')),
        *(
            _with(f'{{"count": {count}, "id": "x", "message": "m"}}')
            for count in ("null", "-1", "1.5", "1e400", "NaN", "true", '"1"')
        ),
        _with('{"count": 1, "id": 5, "message": "m"}'),
    ],
    ids=lambda text: text[:60],
)
def test_anything_else_is_no_baseline(text: str) -> None:
    """One clear error, whatever the file is."""
    with pytest.raises(SratToolError, match="not a baseline"):
        read_baseline(text, "b.json")
