"""Every kernel profile, what it covers and rests on, and which one answers for a release."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from srat_tool.base.architecture import ARCHITECTURES, Architecture
from srat_tool.base.words import plural
from srat_tool.kernel.evidence import ProfileChange, ProfileEvidence
from srat_tool.kernel.history_series2013 import SERIES
from srat_tool.kernel.profile import KernelProfile
from srat_tool.kernel.profiles import choose_profile, history_of, releases_of
from srat_tool.kernel.vendor import Vendor
from srat_tool.kernel.vendors import VENDORS

_LAST_OF_MAJOR = {2: (2, 6, 39), 3: (3, 19), 4: (4, 20), 5: (5, 19), 6: (6, 19)}


class CatalogueRow(NamedTuple):
    """One profile.

    Attributes:
        name: as `--kernel` takes it.
        architecture: the name of its architecture.
        releases: the releases that it covers, `6.12.67 to 6.12.74`.
        changes: what differs from the row before.
        rests_on: how that was established, the best evidence first.
    """

    name: str
    architecture: str
    releases: str
    changes: tuple[ProfileChange, ...]
    rests_on: tuple[ProfileEvidence, ...]


class ReleaseAnswer(NamedTuple):
    """Which profile answers for a release.

    Attributes:
        release: the release that was asked for.
        row: the profile.
        vendor: whose kernel it is; None for mainline's and unknown ones.
        because: why this row.
        doubt: why it may not be right; None when there is no reason for doubt.
    """

    release: str
    row: CatalogueRow
    vendor: Vendor | None
    because: str
    doubt: str | None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class KernelCatalogue:
    """All profiles, or the one that answers for a release.

    Attributes:
        rows: the profiles, by architecture, oldest first.
        vendors: distributions that differ from mainline, or whose backports are not modelled.
        answer: what answers for the release that was asked for; None when none was.
    """

    rows: tuple[CatalogueRow, ...]
    vendors: tuple[Vendor, ...]
    answer: ReleaseAnswer | None = None

    def __repr__(self) -> str:
        """Return one line that names the number of profiles."""
        return f"<KernelCatalogue of {plural(len(self.rows), 'profile')}>"


def kernel_catalogue(
    release: str | None = None, architecture: Architecture | None = None
) -> KernelCatalogue:
    """Return the catalogue, or only the row that answers for a release.

    Args:
        release: a name or a release, as `uname -r` prints it.
        architecture: only its profiles; None for all, and for the first one with a release.

    Raises:
        BootOptionError: when the release is none, or older than every profile.
        ArchitectureError: when the release exists for another architecture only.
    """
    archs = ARCHITECTURES if architecture is None else (architecture,)
    rows = tuple(row for arch in archs for row in _rows(arch))
    if release is None:
        return KernelCatalogue(rows=rows, vendors=VENDORS)
    arch = architecture or ARCHITECTURES[0]
    choice = choose_profile(release, arch)
    row = {row.name: row for row in _rows(arch)}[choice.profile.name]
    vendors = () if choice.vendor is None else (choice.vendor,)
    answer = ReleaseAnswer(release, row, choice.vendor, _because(release, row), choice.doubt)
    return KernelCatalogue(rows=(row,), vendors=vendors, answer=answer)


def _rows(arch: Architecture) -> list[CatalogueRow]:
    history = history_of(arch)
    ends: list[KernelProfile | None] = [later for _, later in pairwise(history)]
    rows = [
        _row(profile, arch, _releases(profile.since, None if later is None else later.since))
        for profile, later in zip(history, [*ends, None], strict=True)
    ]
    series = [p for p in SERIES if p.arch.name == arch.name]
    return [*rows, *(_row(profile, arch, "a patch series of 2013") for profile in series)]


def _row(profile: KernelProfile, arch: Architecture, releases: str) -> CatalogueRow:
    return CatalogueRow(profile.name, arch.name, releases, profile.changes, profile.rests_on)


def _releases(since: tuple[int, ...], before: tuple[int, ...] | None) -> str:
    """Spell a range of releases; `before` is the first one of the next row."""
    first = ".".join(map(str, since))
    series = since[:2]
    if before is None:
        return f"{first} and later"
    if len(since) > len(series) and before[:2] != series and series != (2, 6):
        return f"{first} and later {'.'.join(map(str, series))}.y"
    last = _before(before)
    return first if last == since else f"{first} to {'.'.join(map(str, last))}"


def _before(release: tuple[int, ...]) -> tuple[int, ...]:
    """Return the release before one: a point release, or all of a series."""
    if len(release) > 2:
        return (*release[:-1], release[-1] - 1)
    return _minor_before(release)


def _minor_before(release: tuple[int, ...]) -> tuple[int, ...]:
    """Return the release series before one; each major version ended with another minor."""
    major, minor = release[:2]
    return (major, minor - 1) if minor else _LAST_OF_MAJOR[major - 1]


def _because(release: str, row: CatalogueRow) -> str:
    if release == row.name:
        return f"{row.name} is its name; it covers {row.releases}"
    return f"{_made_from(release)}it covers {row.releases}"


def _made_from(release: str) -> str:
    """Name the stable release of a build whose number does not begin with it."""
    span = releases_of(release)
    if span is None or span[0] != span[1]:
        return ""
    base = ".".join(map(str, span[0]))
    return "" if release.startswith(base) else f"it was made from {base}, and "
