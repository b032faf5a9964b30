"""What the forms of several tables share."""

from __future__ import annotations

from collections.abc import Mapping

from srat_tool.authoring.columns import Column, Number
from srat_tool.authoring.lines import Form
from srat_tool.grammar.walk import Family

OFF = {"off": -1}
DOMAIN = Number("domain", "proximity_domain")


def enabled(
    family: Family,
    word: str,
    kind: int,
    *columns: Column,
    words: Mapping[str, int] = OFF,
    norm: Mapping[str, int] | None = None,
) -> Form:
    """Return the form of a structure whose flags begin with an Enabled bit, set unless `off`."""
    return Form(
        word=word,
        type=kind,
        layout=family.layouts[kind],
        columns=columns,
        norm={"flags": 1, **(norm or {})},
        words=words,
    )
