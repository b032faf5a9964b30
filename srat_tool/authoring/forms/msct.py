"""How the structures of the MSCT are written in a spec."""

from __future__ import annotations

from srat_tool.authoring.columns import Number, Size
from srat_tool.authoring.lines import Form
from srat_tool.grammar.msct import DOMAINS
from srat_tool.grammar.walk import walk
from srat_tool.tables.msct import DomainInformation

FORMS = (
    Form(
        word="domains",
        type=1,
        layout=DOMAINS.layouts[1],
        columns=(
            Number("first", "first_domain"),
            Number("last", "last_domain"),
            Number("processors", "maximum_processors"),
            Size("memory", "maximum_memory"),
        ),
    ),
)


def infer_fixed(body: bytes) -> dict[str, int]:
    """Return what the MSCT's fixed part declares of the structures after it."""
    entries, _ = walk(body, 0, DOMAINS)
    last = (entry.last_domain for entry in entries if isinstance(entry, DomainInformation))
    return {"maximum_domains_minus_one": max(last, default=0)}
