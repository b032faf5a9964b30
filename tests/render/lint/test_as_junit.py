"""Findings as JUnit XML."""

from __future__ import annotations

from pathlib import Path
from xml.dom.minidom import Element, parseString

import pytest

from srat_tool.base.rawtable import Origin
from srat_tool.lint.hit import Severity
from srat_tool.render.lint.as_junit import junit
from srat_tool.render.look import Look
from srat_tool.sources.found import Refusal
from tests.lint.lab import TWO_NODES, report, srat_spec


def _root(text: str) -> Element:
    """Return the document's element; the text is our own."""
    root = parseString(text).documentElement  # noqa: S318
    assert root is not None
    return root


BROKEN = report(srat_spec("apic 0 0\nmem 0 0+4G\nmem 3 0+0"))


def test_counts_add_up() -> None:
    """Tests, failures and errors at the top are those below."""
    result = BROKEN._replace(not_checked=(Refusal(label="<x>", reason="empty & cut"),))
    root = _root(junit(result, Look(severity=Severity.WARNING)))
    assert int(root.getAttribute("tests")) == len(root.getElementsByTagName("testcase"))
    assert int(root.getAttribute("failures")) == len(root.getElementsByTagName("failure"))
    assert root.getAttribute("errors") == "1"


def test_clean_table_is_a_passed_case() -> None:
    """A table without findings is seen to have been checked."""
    root = _root(junit(report(srat_spec(TWO_NODES)), Look(severity=Severity.WARNING)))
    assert root.getAttribute("tests") == "1"
    assert root.getAttribute("failures") == "0"


def test_any_path_gives_xml() -> None:
    """Control characters and quotes in names do not break the document."""
    raw = BROKEN.checked[0]._replace(origin=Origin(path='a"<\x01\x1b>&'))
    findings = tuple(finding._replace(raw=raw) for finding in BROKEN.findings)
    text = junit(BROKEN._replace(checked=(raw,), findings=findings), Look(severity=Severity.INFO))
    assert _root(text).tagName == "testsuites"


def test_failures_are_what_makes_the_status_one() -> None:
    """Findings below --fail-on are the output of a case that passed; hidden failures are shown."""
    warned = report(srat_spec("apic 0 0\nmem 0 0+4G flags=0x11"))
    root = _root(junit(warned, Look(severity=Severity.WARNING)))
    assert root.getAttribute("failures") == "0"
    assert not root.getElementsByTagName("failure")
    assert "SRAT109" in root.toxml()
    strict = Look(severity=Severity.ERROR, fail_on=Severity.WARNING)
    assert _root(junit(warned, strict)).getAttribute("failures") == "1"


def test_an_independent_reader_counts_the_same(tmp_path: Path) -> None:
    """What servers read with: suites, cases, failures and errors."""
    junitparser = pytest.importorskip("junitparser")
    result = BROKEN._replace(not_checked=(Refusal(label="<x>", reason="empty & cut"),))
    file = tmp_path / "report.xml"
    strict = Look(severity=Severity.WARNING, fail_on=Severity.WARNING)
    file.write_text(junit(result, strict))
    found = junitparser.JUnitXml.fromfile(str(file))
    cases = [case for suite in found for case in suite]
    assert (found.tests, found.errors) == (len(cases), 1)
    failed = [c for c in cases if any(isinstance(r, junitparser.Failure) for r in c.result)]
    assert found.failures == len(failed) > 0


def test_paths_are_those_of_the_repository() -> None:
    """A suite has one name, however the file was given."""
    here = report(srat_spec(TWO_NODES))
    raw = here.checked[0]._replace(
        origin=Origin(path="./out", inner="a/SRAT.bin", member="a/SRAT.bin")
    )
    made = here._replace(checked=(raw,), not_checked=(Refusal(label="./out/b", reason="cut"),))
    names = [
        suite.getAttribute("name") for suite in _root(junit(made)).getElementsByTagName("testsuite")
    ]
    assert names == ["out/a/SRAT.bin SRAT", "out/b"]
