"""Red Hat's kernels, and those that others build from the same sources."""

from __future__ import annotations

import pytest

from srat_tool.kernel.profiles import profile_for, releases_of
from srat_tool.kernel.vendors import vendor_of


@pytest.mark.parametrize(
    ("release", "base"),
    [
        ("6.12.0-55.9.1.el10_0.x86_64", (6, 12, 0)),
        ("5.14.0-427.13.1.el9_4.x86_64", (5, 14, 0)),
        ("5.15.0-302.167.6.el9uek.x86_64", (5, 15, 167)),
        ("6.12.0-105.51.5.1.el10uek.x86_64", (6, 12, 51)),
        ("5.4.17-2136.330.7.1.el8uek.x86_64", (5, 4, 17)),
    ],
)
def test_what_a_build_was_made_from(release: str, base: tuple[int, ...]) -> None:
    """Red Hat keeps the first release of a series; Oracle names the stable one it merged."""
    assert releases_of(release) == (base, base)


@pytest.mark.parametrize(
    ("rebuilt", "original"),
    [
        ("2.6.32-042stab145.3", "2.6.32-754.el6.x86_64"),
        ("3.10.0-327.18.2.vz7.15.2", "3.10.0-327.28.3.el7.x86_64"),
        ("3.10.0-1160.90.1.vz7.200.7", "3.10.0-1160.el7.x86_64"),
        ("4.18.0-553.5.1.vz8.7.1", "4.18.0-553.el8_10.x86_64"),
        ("5.14.0-427.44.1.vz9.80.33", "5.14.0-427.13.1.el9_4.x86_64"),
    ],
)
def test_virtuozzo_is_red_hat_with_its_own_changes(rebuilt: str, original: str) -> None:
    """The same profile, and a limit that names both makers."""
    assert profile_for(rebuilt) == profile_for(original)
    vendor = vendor_of(rebuilt)
    assert vendor is not None
    assert vendor.limit is not None
    assert "Virtuozzo" in vendor.limit
