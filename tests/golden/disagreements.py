"""Where the plan is known to differ from a real kernel, and why; a row that no longer holds fails.

Keep it short: each row is something that cannot be predicted from its input.
"""

from __future__ import annotations

_NO_COMMAND_LINE = (
    "arm64 prints its command line behind the zones, so a log that is cut before them does not "
    "tell which option was given"
)

KNOWN: dict[tuple[str, str], str] = {
    ("arm64-002-movable-node", "movable"): _NO_COMMAND_LINE,
    ("arm64-002-movable-node", "pages"): _NO_COMMAND_LINE,
    ("arm64-004-movablecore", "movable"): _NO_COMMAND_LINE,
    ("arm64-004-movablecore", "pages"): _NO_COMMAND_LINE,
}
"""Reason by (case, category)."""
