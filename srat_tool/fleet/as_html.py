"""A fleet as one page for a browser: clusters, odd machines, and each machine's own part on click.

The page loads nothing and runs no script: what is closed are `details` elements. Machines with
equal inputs share one part, so that its size follows the number of different machines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from types import MappingProxyType
from typing import Any

from srat_tool.base.text import printable
from srat_tool.base.units import format_size
from srat_tool.fleet.database import Database
from srat_tool.fleet.html_page import anchor, html_page, list_html, section, table_html
from srat_tool.fleet.machine_part import machine_part
from srat_tool.fleet.reports.answer import Cell, FleetReport, Question, heading, number_text
from srat_tool.fleet.reports.catalogue import report

MAX_MEMBERS = 500
MAX_PARTS = 20_000
_MEMBERS = """
SELECT m.path, m.host, m.bios_version, m.status, s.judgement FROM machine_family AS m
JOIN survey AS s ON s.path = m.path AND s.unit = m.unit
WHERE m.vendor IS ? AND m.family IS ? AND m.fingerprint_topology = ? AND m.status != 'error'
ORDER BY m.path LIMIT ?
"""
_BROKEN = "SELECT path, text FROM error ORDER BY path, number LIMIT ?"


def fleet_html(
    question: Question, counts: str, pages: Mapping[str, str] = MappingProxyType({})
) -> Iterator[str]:
    """Yield the page in pieces.

    Args:
        question: the fleet, without words.
        counts: its sums, as one sentence.
        pages: by judgement where the interactive report of its machines is, relative to this page.
    """
    clusters, odd, lost = (report(name, question) for name in ("clusters", "odd", "lost"))
    database = question.database
    parts = dict(_parts(database))
    sections = [
        section("Sums", f"<p>{escape(counts)}</p>"),
        section("Odd machines", _odd(odd, parts)),
        section("Losses", _plain(lost, parts)),
        section("Clusters", "".join(_clusters(clusters, database, parts))),
        section("Errors", _errors(database)),
    ]
    seen: set[str] = set()
    machines = (
        machine_part(stored.row, anchor(stored.judgement), pages.get(stored.judgement))
        for stored in database.rows()
        if parts.get(stored.row.path) == stored.judgement and _is_first(stored.judgement, seen)
    )
    yield from html_page("Fleet", sections, machines)


def _is_first(judgement: str, seen: set[str]) -> bool:
    if not judgement or judgement in seen or len(seen) >= MAX_PARTS:
        return False
    seen.add(judgement)
    return True


def _parts(database: Database) -> Iterator[tuple[str, str]]:
    """Yield the part of the page that belongs to each machine."""
    query = (
        "SELECT m.path, s.judgement FROM machine AS m "
        "JOIN survey AS s ON s.path = m.path AND s.unit = m.unit"
    )
    yield from database.query(query)


def _link(path: str, parts: dict[str, str]) -> str:
    """Return a machine's name as a link to its part."""
    text = escape(printable(path))
    judgement = parts.get(path)
    return f'<a href="#{anchor(judgement)}">{text}</a>' if judgement else text


def _cell(name: str, cell: Cell, parts: dict[str, str]) -> str:
    if cell is None:
        return ""
    if isinstance(cell, tuple):
        return list_html(cell)
    if isinstance(cell, int):
        return number_text(name, cell)
    if name in {"path", "compared_with", "example"}:
        return _link(cell, parts)
    return escape(printable(cell))


def _plain(found: FleetReport, parts: dict[str, str]) -> str:
    """Return a report as a table, with its errors."""
    errors = list_html(found.errors) if found.errors else ""
    if not found.rows:
        return f"<p>{escape(found.empty)}</p>{errors}"
    rows = (
        [_cell(name, cell, parts) for name, cell in zip(found.columns, row, strict=True)]
        for row in found.rows
    )
    return table_html(map(heading, found.columns), rows) + errors


def _odd(found: FleetReport, parts: dict[str, str]) -> str:
    """Return each odd machine with its differences; effects are closed."""
    errors = list_html(found.errors) if found.errors else ""
    if not found.rows:
        return f"<p>{escape(found.empty)}</p>{errors}"
    pieces = []
    for row in found.rows:
        cells: dict[str, Any] = dict(zip(found.columns, row, strict=True))
        product = escape(printable(f"{cells['vendor'] or ''} {cells['product'] or ''}".strip()))
        other = _link(cells["compared_with"], parts)
        effects = cells["effects"]
        more = (
            f"<details><summary>{len(effects)} effects</summary>{list_html(effects)}</details>"
            if effects
            else ""
        )
        title = f"<h3>{_link(cells['path'], parts)}</h3>"
        pieces.append(
            f"<article>{title}<p>{product}; by {cells['by']}; compared with {other}</p>"
            f"{list_html(cells['differences'])}{more}</article>"
        )
    return "".join(pieces) + errors


def _clusters(found: FleetReport, database: Database, parts: dict[str, str]) -> Iterator[str]:
    """Yield each cluster with its members, closed."""
    if not found.rows:
        yield f"<p>{escape(found.empty)}</p>"
    for row in found.rows:
        cells: dict[str, Any] = dict(zip(found.columns, row, strict=True))
        count = cells["machines"]
        name = printable(f"{cells['vendor'] or ''} {cells['product'] or 'unknown product'}".strip())
        size = format_size(cells["ram_bytes"]) if cells["ram_bytes"] is not None else "unknown RAM"
        topology = (cells["topology"] or "no tables")[:12]
        words = f"{name}: {count} machines, {cells['nodes']} nodes, {size}, topology {topology}"
        group = (cells["vendor"], cells["product"], cells["topology"] or "", MAX_MEMBERS)
        members = [
            [_link(path, parts), *(escape(printable(word or "")) for word in rest)]
            for path, *rest, _ in database.query(_MEMBERS, group)
        ]
        more = f"<p>{count - len(members)} more</p>" if count > len(members) else ""
        table = table_html(["machine", "host", "BIOS", "status"], members)
        yield f"<details><summary>{escape(words)}</summary>{table}{more}</details>"


def _errors(database: Database) -> str:
    rows: Iterable[list[str]] = [
        [escape(printable(path)), escape(printable(text))]
        for path, text in database.query(_BROKEN, (MAX_MEMBERS,))
    ]
    return table_html(["machine", "error"], rows) if rows else "<p>no error</p>"
