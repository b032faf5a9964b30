"""Where the command line wants the crash kernel.

*Mirrors:* kernel/crash_core.c (kernel/crash_reserve.c) `get_last_crashkernel` and
`parse_crashkernel_simple`, since 5.10.
"""

from __future__ import annotations

from srat_tool.base.span import Span
from srat_tool.kernel.bootopts import memparse, split


def crash_kernel(command_line: str) -> Span | None:
    """Return the bytes that the last `crashkernel=SIZE@ADDRESS` names.

    None where the kernel chooses the place, and for sizes that depend on the RAM there is.
    """
    values = [param.value for param in split(command_line) if param.name == "crashkernel"]
    # What ends so says where to look for room, and is read by itself.
    placed = [value for value in values if value and not value.endswith((",high", ",low"))]
    size, rest = memparse(placed[-1]) if placed else (0, "")
    if not size or not rest.startswith("@"):
        return None
    start, rest = memparse(rest[1:])
    return Span(start, start + size) if not rest else None
