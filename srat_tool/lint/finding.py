"""What lint reports: findings with everything a reader needs, and a run's report."""

from __future__ import annotations

import hashlib
import re
from typing import NamedTuple

from srat_tool.base.rawtable import RawTable
from srat_tool.base.words import plural
from srat_tool.lint.hit import Severity
from srat_tool.sources.found import Opened, Refusal

# What changes when an entry is inserted: places, not facts.
_PLACES = r"entry \d+|entries \d+|structure \d+|record \d+|\+0x[0-9a-f]+"


class Finding(NamedTuple):
    """One finding.

    Attributes:
        id: the rule's code.
        name: the rule's name.
        severity: under the chosen profile.
        message: one sentence about the user's table, lower case, no full stop.
        raw: the table that it is about.
        offset: first byte of the field inside the table; None for the table as a whole.
        size: bytes of the field.
        entry: index of the entry, counted from 0; None when it is about none.
        why: what the kernel does or prints.
        fix: what to do.
        also: codes of further findings with the same cause, which are not listed.
        about: what of the machine it is about, such as `domain 5`; empty when the structure is all.
    """

    id: str
    name: str
    severity: Severity
    message: str
    raw: RawTable
    offset: int | None
    size: int
    entry: int | None
    why: str
    fix: str
    also: tuple[str, ...] = ()
    about: str = ""

    @property
    def path(self) -> str:
        """`path!inner`, unescaped."""
        return self.raw.origin.label

    @property
    def table(self) -> str:
        """Signature of the table, unescaped."""
        return self.raw.signature.decode("latin-1")

    @property
    def place(self) -> int | None:
        """Byte offset of the field in the file on disk; None where the file has no such byte."""
        start = self.raw.place
        return None if start is None or self.offset is None else start + self.offset

    @property
    def fingerprint(self) -> str:
        """A name that stays when entries move: rule, table, and what the message states."""
        facts = re.sub(_PLACES, "", self.message)
        text = f"{self.id}\0{self.table}\0{facts}"
        return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:32]


class Report(NamedTuple):
    """A whole run.

    Attributes:
        findings: by input, table and offset; those that a baseline knows are left out.
        checked: the tables that were judged.
        not_checked: what could not be, and why.
        opened: what was opened on the way.
        ruled: how many of the checked tables are of a kind, or are named like one, that has
            rules; of any other only the header is judged.
        known: how many findings the baseline knew.
        stale: entries of the baseline that nothing matched, as `ID message`.
        notes: what reading the files next to the tables had to do without, as sentences.
    """

    findings: tuple[Finding, ...]
    checked: tuple[RawTable, ...]
    not_checked: tuple[Refusal, ...]
    opened: tuple[Opened, ...] = ()
    ruled: int = 0
    known: int = 0
    stale: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return (
            f"<Report: {plural(len(self.findings), 'finding')} in "
            f"{plural(len(self.checked), 'table')}, "
            f"{plural(len(self.not_checked), 'input')} not checked>"
        )

    def at_least(self, severity: Severity) -> int:
        """Count the findings of a severity or above."""
        return sum(finding.severity >= severity for finding in self.findings)
