"""What a row of the history of kernels rests on, and what it changed."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class Grade(Enum):
    """How an answer was established, the strongest first."""

    BOOTS = "boots"
    LOGS = "logs"
    SOURCE = "source"
    ASSUMED = "assumed"


class Evidence(NamedTuple):
    """One kind of evidence for a row.

    Attributes:
        grade: what kind.
        what: the releases that were booted, logged or read, or what is missing.
    """

    grade: Grade
    what: str


class Change(NamedTuple):
    """One difference from the row before.

    Attributes:
        what: the effect, in words for users.
        source: the commit, with its title and its release; empty where only boots or logs show it.
    """

    what: str
    source: str = ""


def booted(what: str) -> Evidence:
    """Return evidence of recorded boots."""
    return Evidence(Grade.BOOTS, what)


def logged(what: str) -> Evidence:
    """Return evidence of boot logs of real machines."""
    return Evidence(Grade.LOGS, what)


def read(what: str) -> Evidence:
    """Return evidence of source code."""
    return Evidence(Grade.SOURCE, what)


def assumed(what: str) -> Evidence:
    """Name what is taken for granted."""
    return Evidence(Grade.ASSUMED, what)
