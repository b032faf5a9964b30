"""The part of a fleet's page that shows one machine, and the machines equal to it."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from urllib.parse import quote

from srat_tool.base.text import printable
from srat_tool.base.units import format_size
from srat_tool.fleet.html_page import list_html, table_html
from srat_tool.fleet.row import FleetPlan, FleetRow


def machine_part(row: FleetRow, anchor: str, page: str | None = None) -> str:
    """Return the part of a machine; it is visible once its link was clicked on.

    Args:
        row: the machine.
        anchor: what links to the part name.
        page: a relative link to its interactive report; None where there is none.
    """
    heading = f"<h3>{escape(printable(row.path))}</h3>"
    whole = f'<a href="{escape(quote(page))}">the whole report</a>; ' if page else ""
    close = f'<p>{whole}<a href="#">close</a>; machines with equal inputs share this part</p>'
    return f'<div class="machine" id="{anchor}">{heading}{close}{"".join(_pieces(row))}</div>\n'


def _pieces(row: FleetRow) -> Iterator[str]:
    if row.errors:
        yield list_html(row.errors)
    if row.plan is not None:
        yield from _plan(row.plan)
    yield from _checks(row)
    tables = ([escape(printable(t.signature)), str(t.bytes), t.sha256] for t in row.tables)
    yield table_html(["table", "bytes", "SHA-256"], tables)


def _plan(plan: FleetPlan) -> Iterator[str]:
    kernel = plan.kernel
    release = f" ({kernel.release})" if kernel.release else ""
    facts = [f"kernel {kernel.profile}{release}, {kernel.architecture}, policy {kernel.policy}"]
    facts += [f"SRAT rejected: {plan.rejected}"] if plan.rejected else []
    facts += [f"this boot does not survive: {plan.crash}"] if plan.crash else []
    facts.append(f"memory block size {format_size(plan.memory_block_bytes)}")
    tiers = "; ".join(f"tier {t.number}: nodes {' '.join(map(str, t.nids))}" for t in plan.tiers)
    facts.append(f"tiers: {tiers or 'none'} ({plan.tiers_algorithm}: {plan.tiers_why})")
    yield list_html(facts)
    yield table_html(
        ["node", "PXM", "processors", "RAM", "movable", "can go offline", "removable"],
        (
            [
                *(str(node.nid), "" if node.pxm is None else str(node.pxm), str(node.cpus)),
                *map(format_size, (node.ram_bytes, node.movable_bytes, node.removable_bytes)),
                node.removable or "",
            ]
            for node in plan.nodes
        ),
    )
    if plan.windows:
        heads = ["window", "from", "to", "node", "RAM", "stranded"]
        yield table_html(heads, _windows(plan))
    for title, sentences in (
        ("assumptions", plan.assumptions),
        ("alternatives", plan.alternatives),
    ):
        if sentences:
            listed = list_html(sentences)
            summary = f"{len(sentences)} {title}"
            yield f"<details><summary>{summary}</summary>{listed}</details>"


def _windows(plan: FleetPlan) -> Iterator[list[str]]:
    for window in plan.windows:
        nid = "" if window.nid is None else str(window.nid)
        sizes = map(format_size, (window.ram_bytes, window.stranded_bytes))
        yield [window.source, hex(window.start), hex(window.end), nid, *sizes]


def _checks(row: FleetRow) -> Iterator[str]:
    facts = []
    if row.lint is not None:
        counts = f"{row.lint.errors} errors, {row.lint.warnings} warnings, {row.lint.infos} infos"
        facts.append(f"lint: {counts} {' '.join(row.lint.rules)}".rstrip())
    if row.verify is not None:
        different = f" in {', '.join(row.verify.different)}" if row.verify.different else ""
        why = f": {row.verify.why}" if row.verify.why else ""
        facts.append(f"verify: {row.verify.verdict}{different}{why}")
    yield list_html(facts)
