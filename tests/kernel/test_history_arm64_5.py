"""The rows of arm64 from 5.10 to 6.11."""

from __future__ import annotations

import pytest

from srat_tool.base.architecture import AARCH64
from srat_tool.kernel.profile import WindowRule
from srat_tool.kernel.profiles import profile_for


@pytest.mark.parametrize(
    ("release", "rule"),
    [
        ("6.1.62", WindowRule.IGNORED),
        ("6.1.63", WindowRule.OWN_NODE),
        ("6.4", WindowRule.IGNORED),
        ("6.5.12", WindowRule.OWN_NODE),
        ("6.6.1", WindowRule.IGNORED),
        ("6.6.2", WindowRule.OWN_NODE),
        ("6.11", WindowRule.OWN_NODE),
        ("6.12", WindowRule.BLOCK),
    ],
)
def test_windows_of_arm64(release: str, rule: WindowRule) -> None:
    """They were skipped, until the look-up that skipped them was replaced by one of x86."""
    assert profile_for(release, AARCH64).windows is rule
