"""Sizes as the kernel words them.

*Mirrors:* lib/string_helpers.c `string_get_size` with STRING_UNITS_2 and blocks of one byte.
"""

from __future__ import annotations

from srat_tool.base.units import U32

_UNITS = ("B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB")
_STEP = 1024
_DIGITS = 3
_ROUNDING = (500, 50, 5)
"""What is added to thousandths, by the number of decimals."""


def string_get_size(size: int) -> str:
    """Return three digits of a size in bytes: `128 MiB`, `2.25 GiB`.

    Of 4 GiB and more it is first divided until 32 bits hold it, and loses those remainders.
    """
    unit = remainder = 0
    while size > U32:
        size //= _STEP
        unit += 1
    while size >= _STEP:
        size, remainder = divmod(size, _STEP)
        unit += 1
    decimals = max(0, _DIGITS - len(str(size))) if size else 0
    thousandths = remainder * 1000 // _STEP + _ROUNDING[decimals]
    carry, thousandths = divmod(thousandths, 1000)
    fraction = f".{thousandths:03}"[: decimals + 1] if decimals else ""
    return f"{size + carry}{fraction} {_UNITS[unit]}"
