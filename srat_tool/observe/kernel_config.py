"""Kernel configuration files: `/boot/config-*`, `/proc/config.gz` unpacked."""

from __future__ import annotations

import re

_LINE = re.compile(r"(?:# )?CONFIG_(\w+)(?:=(.*)| is not set)")


def parse_kernel_config(text: str) -> dict[str, str]:
    """Read a configuration file: values by name without `CONFIG_`; what is not set is `n`."""
    matches = (_LINE.fullmatch(line.strip()) for line in text.splitlines())
    return {m[1]: "n" if m[2] is None else m[2].strip('"') for m in matches if m is not None}
