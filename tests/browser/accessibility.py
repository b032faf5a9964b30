"""What a checker of accessibility finds in the page of a tab, contrast included."""

from __future__ import annotations

import pytest

from tests.browser.chromium import Tab
from tests.support import ROOT

AXE = ROOT / "build/npm/node_modules/axe-core/axe.min.js"
needs_axe = pytest.mark.skipif(
    not AXE.exists(), reason="axe-core is not installed in build/npm: npm install"
)


def serious(tab: Tab) -> list[str]:
    """Return what is serious or critical, each with the first elements that it is found in."""
    tab.run(AXE.read_text() + "; 0")
    found: list[str] = tab.run(
        "axe.run().then((all) => all.violations.filter((one) => ['serious', 'critical'].includes("
        "one.impact)).map((one) => one.id + ' ' + one.nodes.slice(0, 3).map((n) => n.html)))"
    )
    return found
