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
    ("fresh-arm64-mn-6.12", "movable"): _NO_COMMAND_LINE,
    ("fresh-arm64-mn-7.3", "movable"): _NO_COMMAND_LINE,
    ("fresh-arm64-odd-6.12", "movable"): _NO_COMMAND_LINE,
    ("fresh-arm64-odd-7.3", "movable"): _NO_COMMAND_LINE,
    ("sun-x4600m2-8socket", "numa"): _SHORTENED,
    ("sun-x4600m2-8socket", "zones"): _SHORTENED,
    ("sun-x4600m2-8socket", "nodes"): _SHORTENED,
}
"""Reason by (case, category)."""

_TABLES_OF_INITRD = (
    "the tables came with the initrd, and arm64 takes the memory of such tables out of its map, "
    "which nothing shows before the boot"
)
_NO_MAP = "arm64 prints its memory map only with efi=debug"
_KASLR = "KASLR moves the kernel, and with it what is taken early; an alternative has the outcome"
_MIRROR = (
    "mirrored ranges are printed only with efi=debug; alternatives have the parts that firmware "
    "offers to mirror, and the 513 MiB of dev-r11 are none of them"
)

UNKNOWABLE: dict[str, dict[str, tuple[str, ...]]] = {
    "before": {
        _TABLES_OF_INITRD: (
            "arm64-002-movable-node",
            "arm64-004-movablecore",
            "arm64-006-fake",
            "fresh-arm64-hole-6.12",
            "fresh-arm64-hole-7.3",
            "fresh-arm64-mn-6.12",
            "fresh-arm64-mn-7.3",
            "fresh-arm64-odd-6.12",
            "fresh-arm64-odd-7.3",
        ),
        _KASLR: (
            "dev-066-kaslr",
            "dev-x15-kaslr-hotram-plain-0-6.1",
            "dev-x20-kaslr-allhot-0-6.12",
            "dev-x21-kaslr-allhot-1-6.12",
            "dev-x23-kaslr-odd-0-6.12",
            "dev-x24-kaslr-odd-1-6.12",
        ),
        _MIRROR: (
            "dev-r00-mirror-low-and-half-5.10",
            "dev-r05-mirror-above-unmirrored-7.2",
            "dev-r06-mirror-all-6.12",
            "dev-r08-mirror-high-only-7.2",
            "dev-r10-mirror-movable-node-6.1",
            "dev-r11-mirror-unaligned-6.12",
        ),
    },
    "ordinary": {
        _NO_MAP: (
            "arm64-000-native",
            "arm64-002-movable-node",
            "arm64-004-movablecore",
            "arm64-006-fake",
            "fresh-arm64-hole-6.12",
            "fresh-arm64-hole-7.3",
            "fresh-arm64-mn-6.12",
            "fresh-arm64-mn-7.3",
            "fresh-arm64-odd-6.12",
            "fresh-arm64-odd-7.3",
        ),
        _KASLR: (
            "dev-066-kaslr",
            "dev-x15-kaslr-hotram-plain-0-6.1",
            "dev-x20-kaslr-allhot-0-6.12",
            "dev-x21-kaslr-allhot-1-6.12",
            "dev-x23-kaslr-odd-0-6.12",
            "dev-x24-kaslr-odd-1-6.12",
        ),
        _MIRROR: (
            "dev-r00-mirror-low-and-half-5.10",
            "dev-r05-mirror-above-unmirrored-7.2",
        ),
    },
}
"""Cases that are not planned whole with less than a full log, by view and reason."""
