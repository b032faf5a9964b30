"""Lines of a spec that differ by even steps, joined to runs."""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.authoring.lines import WrittenLine, line_text
from srat_tool.authoring.runs import StructureRun
from srat_tool.base.errors import SpecError


def join_runs(lines: list[WrittenLine]) -> Iterator[str]:
    """Yield the text of the lines with even runs and repetitions joined."""
    at = 0
    while at < len(lines):
        count = _run_length(lines, at)
        yield line_text(lines[at], count, lines[at + 1].columns if count > 1 else None)
        at += count


def _run_length(lines: list[WrittenLine], at: int) -> int:
    """Return how many lines from `at` on can be joined into one."""
    first = lines[at]
    if at + 1 == len(lines) or lines[at + 1].form is not first.form:
        return 1
    step = _step(first, lines[at + 1])
    if step is None:
        return 1
    even = not any(value for column in step for value in column)
    if not even and not _can_run(first, step):
        return 1
    count = 2
    while at + count < len(lines) and _step(lines[at + count - 1], lines[at + count]) == step:
        count += 1
    return count if even or count > 2 else 1


def _step(one: WrittenLine, other: WrittenLine) -> tuple[tuple[int, ...], ...] | None:
    if one.form is not other.form or one.rest != other.rest:
        return None
    if any(len(x) != len(y) for x, y in zip(one.columns, other.columns, strict=True)):
        return None
    return tuple(
        tuple(b - a for a, b in zip(x, y, strict=True))
        for x, y in zip(one.columns, other.columns, strict=True)
    )


def _can_run(line: WrittenLine, step: tuple[tuple[int, ...], ...]) -> bool:
    """Return whether the columns can describe this run: one of them counts, and each reads back."""
    if line.form is None:
        return False
    counted = False
    for column, first, by in zip(line.form.columns, line.columns, step, strict=True):
        run = StructureRun(first, by, 3)
        try:
            back = column.read(column.write(run))
        except SpecError:
            return False
        if back.first != first or back.step != by:
            return False
        counted = counted or back.many == 3
    return counted
