"""What a row of the history of kernels rests on, and what it changed."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Grade(Enum):
    """How an answer was established, the strongest first."""

    BOOTS = "boots"
    LOGS = "logs"
    SOURCE = "source"
    NEIGHBOURS = "neighbours"
    ASSUMED = "assumed"


class ProfileEvidence(NamedTuple):
    """One kind of evidence for a row.

    Attributes:
        grade: what kind.
        what: the releases that were booted, logged or read, or what is missing.
    """

    grade: Grade
    what: str


class ProfileChange(NamedTuple):
    """One difference from the row before.

    Attributes:
        what: the effect, in words for users.
        source: the commit, with its title and its release; empty where only boots or logs show it.
    """

    what: str
    source: str = ""


def booted(what: str, times: int | None = None) -> ProfileEvidence:
    """Return evidence of boots: of which releases, and how many are recorded."""
    return ProfileEvidence(Grade.BOOTS, what if times is None else f"{what}: {times} recorded")


def logged(what: str) -> ProfileEvidence:
    """Return evidence of boot logs of real machines."""
    return ProfileEvidence(Grade.LOGS, what)


def read(what: str) -> ProfileEvidence:
    """Return evidence of source code."""
    return ProfileEvidence(Grade.SOURCE, what)


def between(older: str, newer: str) -> ProfileEvidence:
    """Return the evidence of a row whose neighbours are known, and each change between them."""
    what = f"{older} and {newer}, which differ by changes of known releases only"
    return ProfileEvidence(Grade.NEIGHBOURS, what)


def assumed(what: str) -> ProfileEvidence:
    """Name what is taken for granted."""
    return ProfileEvidence(Grade.ASSUMED, what)


def announced(release: str) -> ProfileEvidence:
    """Return the evidence of a point release: what its announcement lists, change by change."""
    return ProfileEvidence(Grade.SOURCE, f"the list of what {release} carries")
