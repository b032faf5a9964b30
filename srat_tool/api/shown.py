"""Answers as JSON values and as text."""

from __future__ import annotations

from typing import Any

from srat_tool.render.formats import json_value, rendered, row_of
from srat_tool.render.look import Look


def to_json(answer: object) -> dict[str, Any]:
    """Return an answer as JSON values, in the documented form that `--format json` prints.

    Raises:
        FormatError: when this is not an answer.
    """
    value: dict[str, Any] = json_value(answer)
    return value


def to_text(
    answer: object, form: str = "text", *, width: int | None = None, everything: bool = False
) -> str:
    """Return an answer in one of its formats.

    Args:
        answer: what a function of this package returned.
        form: the format, as `--format` names it.
        width: columns of a drawing; None for 100.
        everything: show long lists whole.

    Raises:
        FormatError: when this is not an answer, or has no such format.
    """
    return "".join(rendered(answer, form, Look(width=width, everything=everything)))


def formats(answer: object) -> tuple[str, ...]:
    """Return the names of the formats that an answer has.

    Raises:
        FormatError: when this is not an answer.
    """
    return tuple(row_of(answer).cells)
