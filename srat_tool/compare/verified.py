"""What a comparison of a plan with a kernel came to, part by part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum


class Verdict(Enum):
    """What a comparison came to."""

    EQUAL = "equal"
    DIFFERENT = "different"
    UNKNOWN = "cannot tell"


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedPart:
    """One kind of lines or figures, compared.

    Attributes:
        name: `zones`, `nodes`, `zoneinfo`, ...
        verdict: what it came to.
        why: what was compared, or the reason why nothing could be.
        at: index of the first difference; None when there is none.
        predicted: the plan's lines or figures, in order.
        seen: the kernel's lines or figures.
        chain: where the first difference comes from, from table offset to zone.
    """

    name: str
    verdict: Verdict
    why: str = ""
    at: int | None = None
    predicted: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    chain: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """All parts, and what they come to together."""

    parts: tuple[VerifiedPart, ...]
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        parts = ", ".join(f"{part.name} {part.verdict.value}" for part in self.parts)
        return f"<Verification {self.verdict.value}: {parts or 'no parts'}>"

    @property
    def verdict(self) -> Verdict:
        """Different when a part is; equal when one is and none is different."""
        verdicts = {part.verdict for part in self.parts}
        if Verdict.DIFFERENT in verdicts:
            return Verdict.DIFFERENT
        return Verdict.EQUAL if Verdict.EQUAL in verdicts else Verdict.UNKNOWN


def first_difference(left: Sequence[object], right: Sequence[object]) -> int | None:
    """Return the index of the first element that differs or is missing; None when equal."""
    for at, (a, b) in enumerate(zip(left, right, strict=False)):
        if a != b:
            return at
    return None if len(left) == len(right) else min(len(left), len(right))


def without_dropped(
    predicted: tuple[str, ...], seen: tuple[str, ...], dropped: int
) -> tuple[str, ...]:
    """Leave out predicted lines that a log lacks whose kernel dropped messages.

    Args:
        predicted: the plan's lines, in order.
        seen: those of the log.
        dropped: how many messages are lost.

    Returns:
        The lines of the log, if these are the predicted ones but for as many as may be lost; else
        all that were predicted.
    """
    if not 0 < len(predicted) - len(seen) <= dropped:
        return predicted
    rest = iter(predicted)
    return seen if all(line in rest for line in seen) else predicted


def compared(name: str, predicted: Sequence[str], seen: Sequence[str], why: str) -> VerifiedPart:
    """Compare what was predicted with what was seen, element by element."""
    at = first_difference(predicted, seen)
    return VerifiedPart(
        name=name,
        verdict=Verdict.EQUAL if at is None else Verdict.DIFFERENT,
        why=why,
        at=at,
        predicted=tuple(predicted),
        seen=tuple(seen),
    )
