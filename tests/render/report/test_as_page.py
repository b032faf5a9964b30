"""Pages of every answer that has data for the script."""

from __future__ import annotations

import json
import re
from typing import Any

from srat_tool.api.checking import lint
from srat_tool.api.options import LintOptions
from srat_tool.api.report import report
from srat_tool.api.shown import to_text
from srat_tool.api.tables import inspect
from tests.render.samples import two_sockets


def _data(answer: object) -> Any:
    (data,) = re.findall('id="data">(.*?)</script>', to_text(answer, "html"), re.DOTALL)
    return json.loads(data)


def test_a_part_has_what_its_answer_has() -> None:
    """A plan no tables, tables no plan, findings both bytes and findings."""
    assert _data(two_sockets())["tables"] == []
    tables = _data(inspect("fixtures/bin/cxl-window"))
    assert (tables["plan"], len(tables["tables"])) == (None, 4)
    found = _data(lint("fixtures/bin/slit-bad-diagonal", LintOptions(jobs=1)))
    assert found["findings"]["rows"]
    assert len(found["tables"]) == 2


def test_a_report_has_all() -> None:
    """Plan, tables and findings; the verdict is in the document itself."""
    answer = report("fixtures/bin/cxl-window")
    data = _data(answer)
    assert data["plan"]["nodes"]
    assert data["tables"]
    assert data["findings"]
    assert "verdict" not in data["plan"]
    assert "3 nodes, 80G of memory" in to_text(answer, "html")
