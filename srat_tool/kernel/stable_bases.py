"""From which stable release a distribution made a build that its release only counts.

`5.4.0-26-generic` is build 26 of Ubuntu's 5.4, made from 5.4.30; `5.10.0-8-amd64` is build 8 of
Debian's 5.10, made from 5.10.46.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

# `6.1.0-25-amd64`, `6.1.0-0.deb11.25-amd64` and `6.5.0-kali3-amd64`.
_BUILD = re.compile(r"(\d{1,4})\.(\d{1,4})\.0-(?:kali|0\.(?:deb\d{1,3}|bpo)\.)?(\d{1,5})\b")
# What a boot log prints after the compiler: `(Ubuntu 5.4.0-91.102-generic 5.4.151)`.
_LOGGED = re.compile(
    r"\(Ubuntu [\w.~+-]{1,80} (\d{1,4})\.(\d{1,4})\.(\d{1,5})\+?\)"
    r"|\bDebian (\d{1,4})\.(\d{1,4})\.(\d{1,5})[-+~]"
)

Builds = Mapping[tuple[int, int], Mapping[int, int]]
"""Series -> build -> point release that the build was made from."""


class StableRange(NamedTuple):
    """The point releases that a build can have been made from, both included; None without end."""

    first: int
    last: int | None


def _counted(*points: int) -> Mapping[int, int]:
    return dict(enumerate(points, start=1))


# fmt: off
# Debian's changelog: which upload has which number of its ABI.
DEBIAN: Builds = {
    (5, 4): _counted(6, 8, 13, 19),
    (5, 10): _counted(
        5, 9, 13, 19, 26, 28, 40, 46, 70, 84, 92, 103, 106, 113, 120, 127, 136, 140, 149, 158,
        162, 178, 179, 179, 191, 197, 205, 209, 216, 218, 221, 223, 226, 234, 237, 244, 247,
        249, 251, 251, 251, 251, 251, 257, 259, 262,
    ),
    (5, 15): _counted(3, 5, 15),
    (5, 16): _counted(7, 10, 11, 12, 14, 18),
    (5, 17): _counted(3, 6, 11),
    (6, 0): {2: 3, 3: 7, 4: 8, 5: 10, 6: 12},
    (6, 1): _counted(
        4, 7, 8, 11, 12, 15, 20, 25, 27, 38, 38, 52, 55, 64, 66, 67, 69, 76, 82, 85, 90, 94,
        99, 106, 106, 112, 115, 119, 123, 124, 128, 129, 133, 135, 137, 139, 140, 147, 148,
        153, 158, 159, 162, 164, 170, 170, 170, 172, 174, 176, 177, 180, 187, 190, 192, 192,
    ),
}

# `/proc/version_signature`, as boot logs, bug reports and configurations of machines have it.
UBUNTU: Builds = {
    (5, 4): {
        12: 8, 14: 18, 26: 30, 80: 124, 84: 133, 91: 151, 97: 162, 100: 166, 107: 174, 121: 189,
        122: 192, 136: 218, 144: 229, 149: 233, 150: 233, 166: 252, 169: 257, 205: 284,
    },
    (5, 11): {11: 0, 13: 7, 17: 12, 34: 22, 46: 22},
    (5, 15): {
        25: 30, 40: 35, 43: 39, 72: 98, 79: 111, 91: 131, 94: 136, 97: 136, 100: 143, 136: 178,
        138: 178, 139: 178,
    },
    (6, 5): {9: 3, 18: 8, 26: 13, 28: 13, 35: 13, 44: 13},
    (6, 8): {31: 1, 40: 12, 45: 12, 60: 12, 87: 12, 106: 12},
}
# fmt: on


def is_counted(release: str) -> bool:
    """Return whether a release counts builds, as `5.4.0-26-generic` does."""
    return _BUILD.match(release) is not None


def stable_range(release: str, builds: Builds) -> StableRange:
    """Return the point releases that a counted build can have been made from.

    A build between two known ones was made between them; of a series of which no build is known,
    any is possible.
    """
    match = _BUILD.match(release)
    known = {} if match is None else builds.get((int(match[1]), int(match[2])), {})
    if match is None or not known:
        return StableRange(0, None)
    build = int(match[3])
    if build in known:
        return StableRange(known[build], known[build])
    before = [patch for count, patch in known.items() if count < build]
    after = [patch for count, patch in known.items() if count > build]
    return StableRange(max(before, default=0), min(after, default=None))


def logged_base(text: str) -> str | None:
    """Return the stable release that the first line of a boot log names after its compiler."""
    match = _LOGGED.search(text)
    if match is None:
        return None
    return ".".join(number for number in match.groups() if number is not None)
