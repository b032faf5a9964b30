"""A log's lines after the zones against the plan's."""

from __future__ import annotations

from dataclasses import replace

from srat_tool.compare.late import late_parts
from srat_tool.compare.verified import Verdict
from srat_tool.observe.bootlog import parse_boot_log
from srat_tool.plan.later import Later
from tests.compare.sample import PLAN

FALLBACK = ("Fallback order for Node 0: 0 1 ", "Fallback order for Node 1: 1 0 ")
DEMOTION = ("Demotion targets for Node 0: null", "Demotion targets for Node 1: null")
PLANNED = replace(PLAN, log=(*PLAN.log, *FALLBACK, *DEMOTION))


def verdicts(*lines: str, plan: object = PLANNED) -> dict[str, Verdict]:
    assert isinstance(plan, type(PLAN))
    return {part.name: part.verdict for part in late_parts(plan, parse_boot_log("\n".join(lines)))}


def test_equal() -> None:
    """Every part that the log has."""
    assert verdicts(*FALLBACK, *DEMOTION) == {
        "fallback": Verdict.EQUAL,
        "demotion": Verdict.EQUAL,
    }


def test_another_order_is_found() -> None:
    """One line differs, and only its part."""
    assert verdicts(FALLBACK[0], "Fallback order for Node 1: 0 1 ", *DEMOTION) == {
        "fallback": Verdict.DIFFERENT,
        "demotion": Verdict.EQUAL,
    }


def test_only_the_first_print_counts() -> None:
    """Later ones are about memory that was added."""
    again = ("Fallback order for Node 0: 0 1 2 ", "Fallback order for Node 1: 1 0 2 ")
    assert verdicts(*FALLBACK, *again)["fallback"] is Verdict.EQUAL


def test_what_cannot_be_told() -> None:
    """Lines that the log lacks, an HMAT that was not given, a kernel with lines of its own."""
    assert verdicts() == {}
    assert verdicts(*DEMOTION) == {"fallback": Verdict.UNKNOWN, "demotion": Verdict.EQUAL}
    late = replace(PLAN.after_zones, missing=frozenset({"HMAT"}))
    unread = replace(PLANNED, late=Later(lambda: late))
    assert verdicts(*FALLBACK, *DEMOTION, plan=unread)["demotion"] is Verdict.UNKNOWN
    assert verdicts(*FALLBACK, plan=PLAN) == {"fallback": Verdict.UNKNOWN}
    assert verdicts("nothing of it", plan=PLAN) == {}


def test_a_table_that_only_the_kernel_read() -> None:
    """Lines of an HMAT where the plan has none are a difference."""
    assert verdicts("acpi/hmat: Ignoring: Invalid table")["hmat"] is Verdict.DIFFERENT


def test_lines_that_the_console_lost() -> None:
    """What the kernel dropped is no difference; what it printed otherwise still is."""
    lost = "** 1 printk messages dropped **"
    assert verdicts(lost, FALLBACK[1], *DEMOTION) == {
        "fallback": Verdict.EQUAL,
        "demotion": Verdict.EQUAL,
    }
    assert verdicts(lost, "Fallback order for Node 1: 0 1 ")["fallback"] is Verdict.DIFFERENT
    several = (
        *FALLBACK,
        "Fallback order for Node 2: 2 1 0 ",
        "Fallback order for Node 3: 3 2 1 0 ",
    )
    plan = replace(PLANNED, log=(*PLAN.log, *several))
    assert verdicts(lost, several[0], several[3], plan=plan)["fallback"] is Verdict.DIFFERENT
