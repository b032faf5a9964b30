"""The formats of every kind of answer: one table, which `--format` and the Python API read.

A row is a kind of answer, a cell is the function that renders it in one format. A cell that is not
in the table is an error that names those that are. To add a format, write its function and add its
cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any, NamedTuple, assert_never

from srat_tool.base.errors import SratToolError
from srat_tool.base.words import joined
from srat_tool.render.look import DEFAULT, Look


class FormatError(SratToolError):
    """The answer cannot be shown in this format."""


class Drawn(NamedTuple):
    """Lines that `drawn.py` puts into a format: `lines(answer, paper)`.

    Attributes:
        lines: the function, as `module:name` below `srat_tool.render`.
        takes: what of the `Look` it takes too, such as `everything` where lists may be long.
    """

    lines: str
    takes: tuple[str, ...] = ()


class Document(NamedTuple):
    """JSON values: `value(answer)`, as `module:name`.

    Attributes:
        value: the function.
        written: the function whose values are written, where a long list of them is an iterator.
    """

    value: str
    written: str | None = None


class Written(NamedTuple):
    """Text, whole or in pieces: `write(answer, look)`, as `module:name`.

    Attributes:
        write: the function.
        for_eyes: the function for a terminal, where that differs.
    """

    write: str
    for_eyes: str | None = None


Cell = Drawn | Document | Written


class AnswerRow(NamedTuple):
    """One kind of answer.

    Attributes:
        noun: what it is called in messages.
        home: the module of its class.
        cells: the formats that it has; the first one is the default.
    """

    noun: str
    home: str
    cells: Mapping[str, Cell]


def _drawn(lines: str, value: str, takes: tuple[str, ...] = ()) -> dict[str, Cell]:
    """Return the formats of an answer that is drawn in the same way in all of them."""
    cell = Drawn(lines, takes)
    return {"text": cell, "json": Document(value), "svg": cell, "html": cell, "markdown": cell}


_PLAN = Drawn("plan.plan:plan_lines", takes=("everything",))
_DIFF = Drawn("diff:diff_lines")
_VERDICTS = Drawn("lint.verdict_lines:verdict_lines")

TABLE: Mapping[str, AnswerRow] = {
    "Plan": AnswerRow(
        "a plan",
        "srat_tool.plan.plan",
        {
            "text": _PLAN,
            "json": Document("plan.as_json:plan_value", "plan.as_json:plan_document"),
            "dmesg": Written("plan.as_dmesg:plan_dmesg"),
            "svg": _PLAN,
            "html": Written("report.as_page:plan_page"),
            "markdown": Written("plan.as_markdown:plan_markdown"),
        },
    ),
    "Step": AnswerRow(
        "an explanation",
        "srat_tool.plan.explain",
        _drawn(
            "plan.explain:explain_lines", "plan.explain_json:explain_value", takes=("everything",)
        ),
    ),
    "SeriesWalk": AnswerRow(
        "the walk through the 2013 series",
        "srat_tool.plan.series2013.section",
        _drawn("plan.series_walk:walk_lines", "plan.series_walk_json:walk_value"),
    ),
    "PolicyComparison": AnswerRow(
        "a comparison of policies",
        "srat_tool.compare.policies",
        _drawn("plan.policies:policies_lines", "plan.policies_json:policies_value"),
    ),
    "Why": AnswerRow(
        "an answer to why",
        "srat_tool.plan.why",
        _drawn("plan.why:why_lines", "plan.why_json:why_value", takes=("everything",)),
    ),
    "RemovalOverview": AnswerRow(
        "an overview of nodes",
        "srat_tool.plan.removal_overview",
        _drawn("overview:overview_lines", "overview_json:overview_value"),
    ),
    "DimmWindows": AnswerRow(
        "ranges for planned DIMMs",
        "srat_tool.plan.dimm_windows",
        _drawn("dimm_windows:dimm_windows_lines", "dimm_windows_json:dimm_windows_value"),
    ),
    "MemoryBlocks": AnswerRow(
        "memory blocks",
        "srat_tool.plan.block_values",
        _drawn("plan.blocks:blocks_lines", "plan.hot_json:blocks_document"),
    ),
    "Diff": AnswerRow(
        "a comparison of tables",
        "srat_tool.compare.diff",
        {
            "text": _DIFF,
            "json": Document("diff_json:diff_value"),
            "markdown": Written("diff:diff_markdown"),
            "svg": _DIFF,
            "html": _DIFF,
        },
    ),
    "Advice": AnswerRow(
        "advice",
        "srat_tool.plan.advise",
        _drawn("advice:advice_lines", "advice_json:advice_value"),
    ),
    "TierAdvice": AnswerRow(
        "advice about memory tiers",
        "srat_tool.plan.advise_tier",
        _drawn("tier_advice:tier_advice_lines", "tier_advice:tier_advice_value"),
    ),
    "KernelCatalogue": AnswerRow(
        "a list of kernels",
        "srat_tool.kernel.catalogue",
        _drawn("kernels:kernels_lines", "kernels_json:kernels_value", takes=("everything",)),
    ),
    "Verification": AnswerRow(
        "a verification",
        "srat_tool.compare.verified",
        _drawn("verify:verification_lines", "verify:verification_json", takes=("verbose",)),
    ),
    "Report": AnswerRow(
        "a lint report",
        "srat_tool.lint.finding",
        {
            "text": Written("lint.finding_lines:finding_lines", "lint.findings:findings_text"),
            "json": Document("lint.as_json:lint_json"),
            "sarif": Document("lint.as_sarif:sarif"),
            "junit": Written("lint.as_junit:junit"),
            "github": Written("lint.as_github:github"),
            "gitlab": Written("lint.as_gitlab:gitlab"),
            "html": Written("report.as_page:findings_page"),
        },
    ),
    "Found": AnswerRow(
        "a listing",
        "srat_tool.sources.found",
        {
            "text": Written("listing:listing_lines"),
            "json": Document("listing:listing_value"),
        },
    ),
    "Verdicts": AnswerRow(
        "a list of verdicts",
        "srat_tool.lint.verdicts",
        {
            "text": _VERDICTS,
            "json": Document("lint.verdict_lines:verdicts_value"),
            "html": _VERDICTS,
        },
    ),
    "Inspection": AnswerRow(
        "a decoded table",
        "srat_tool.render.inspect.record",
        {
            "text": Written("inspect.as_text:write_plain", "inspect.painted:write_painted"),
            "json": Written("inspect.as_json:write_json"),
            "jsonl": Written("inspect.as_json:write_jsonl"),
            "csv": Written("inspect.as_csv:write_csv"),
            "html": Written("report.as_page:inspection_page"),
        },
    ),
    "MachineReport": AnswerRow(
        "a report",
        "srat_tool.render.report.value",
        {
            "text": Drawn("report.as_text:report_lines", takes=("everything",)),
            "html": Written("report.as_page:machine_page"),
        },
    ),
}


def formats_of(*answers: str) -> tuple[str, ...]:
    """Return the formats that at least one of these kinds of answers has, in the table's order."""
    return tuple(dict.fromkeys(name for answer in answers for name in TABLE[answer].cells))


def rendered(answer: object, form: str = "text", look: Look = DEFAULT) -> Iterator[str]:
    """Yield the pieces of an answer in a format; a line feed at the end may be missing.

    Raises:
        FormatError: when this kind of answer has no such format.
    """
    return _pieces(_cell(answer, form), answer, form, look)


def json_value(answer: object) -> Any:
    """Return an answer as JSON values: what `rendered` writes as `json`, parsed.

    Raises:
        FormatError: when this kind of answer has no JSON form.
    """
    cell = _cell(answer, "json")
    if isinstance(cell, Document):
        return _function(cell.value)(answer)
    import json

    return json.loads("".join(_pieces(cell, answer, "json", DEFAULT)))


def row_of(answer: object) -> AnswerRow:
    """Return the row of an answer.

    Raises:
        FormatError: when this is not an answer.
    """
    row = TABLE.get(type(answer).__name__)
    if row is None:
        raise FormatError("not an answer", got=type(answer).__name__, expected=joined(list(TABLE)))
    return row


def _cell(answer: object, form: str) -> Cell:
    row = row_of(answer)
    if form not in row.cells:
        raise FormatError(
            f"{row.noun} has no such format",
            where="--format",
            got=form,
            expected=joined(list(row.cells), last="or"),
        )
    return row.cells[form]


def _pieces(cell: Cell, answer: object, form: str, look: Look) -> Iterator[str]:
    match cell:
        case Drawn(lines, takes):
            from srat_tool.render.drawn import DRAWN

            draw, extra = _function(lines), {name: getattr(look, name) for name in takes}
            return iter((DRAWN[form](lambda paper: draw(answer, paper, **extra), look),))
        case Document(value, written):
            from srat_tool.render.indented import pieces

            return pieces(_function(written or value)(answer))
        case Written(write, for_eyes):
            text = _function(for_eyes if for_eyes and look.eyes else write)(answer, look)
            return iter((text,)) if isinstance(text, str) else iter(text)
        case _:
            assert_never(cell)


def _function(name: str) -> Any:
    module, _, function = name.partition(":")
    return getattr(import_module(f"srat_tool.render.{module}"), function)
