"""Which machines are the same: by product and topology, the largest group first."""

from __future__ import annotations

from srat_tool.fleet.reports.answer import FleetReport, Question

COLUMNS = (
    *("vendor", "product", "topology", "machines", "nodes", "ram_bytes"),
    *("bios_versions", "table_sets", "example"),
)
_QUERY = """
SELECT vendor, family, NULLIF(fingerprint_topology, ''), COUNT(*), MAX(nodes), MAX(ram_bytes),
    GROUP_CONCAT(DISTINCT bios_version), COUNT(DISTINCT fingerprint_raw), MIN(path)
FROM machine_family WHERE status != 'error'
GROUP BY vendor, family, fingerprint_topology
ORDER BY vendor, family, COUNT(*) DESC, MIN(path)
"""


def answer(question: Question) -> FleetReport:
    """Return one row for each cluster."""
    rows = []
    for row in question.database.query(_QUERY):
        versions = tuple(sorted((row[6] or "").split(","))) if row[6] else ()
        rows.append((*row[:6], versions, *row[7:]))
    return FleetReport("clusters", COLUMNS, tuple(rows), "no machine could be read", finds=False)
