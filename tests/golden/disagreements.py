"""Where the plan is known to differ from a real kernel, and why; a row that no longer holds fails.

Keep it short: each row is something that cannot be predicted from its input.
"""

from __future__ import annotations

_NO_COMMAND_LINE = (
    "arm64 prints its command line behind the zones, so a log that is cut before them does not "
    "tell which option was given"
)

_SHORTENED = (
    "whoever posted the log left out the first lines of its memory map and the SRAT lines of node 0"
)

KNOWN: dict[tuple[str, str], str] = {
    ("arm64-002-movable-node", "movable"): _NO_COMMAND_LINE,
    ("arm64-002-movable-node", "pages"): _NO_COMMAND_LINE,
    ("arm64-004-movablecore", "movable"): _NO_COMMAND_LINE,
    ("arm64-004-movablecore", "pages"): _NO_COMMAND_LINE,
    ("sun-x4600m2-8socket", "numa"): _SHORTENED,
    ("sun-x4600m2-8socket", "zones"): _SHORTENED,
    ("sun-x4600m2-8socket", "nodes"): _SHORTENED,
}
"""Reason by (case, category)."""
