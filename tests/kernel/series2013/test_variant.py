"""The two variants differ in what the later mails corrected."""

from __future__ import annotations

from srat_tool.kernel.series2013.variant import INTENDED, V2_POSTED


def test_the_posted_variant_has_every_defect_that_the_intended_one_lacks() -> None:
    """Each switch is off in what was posted first, and on in what was meant."""
    switches = [name for name, value in INTENDED._asdict().items() if isinstance(value, bool)]
    assert len(switches) == 4
    assert all(getattr(INTENDED, name) for name in switches)
    assert not any(getattr(V2_POSTED, name) for name in switches)
