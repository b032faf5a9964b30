"""Lint and verification, from Python."""

from __future__ import annotations

from pathlib import Path

import pytest

from srat_tool.api.checking import lint, lint_config, verify, without_known
from srat_tool.api.machine import load
from srat_tool.api.options import LintOptions, ReadOptions
from srat_tool.base.errors import SratToolError
from srat_tool.compare.verified import Verdict
from srat_tool.lint.baseline import baseline_json
from tests.cli.test_verify import LOG
from tests.support import ROOT, table_bytes

BAD = table_bytes(b"SLIT", (1).to_bytes(8, "little") + bytes([11]))


def _bad(folder: Path) -> Path:
    path = folder / "bad.bin"
    path.write_bytes(BAD)
    return path


def test_findings_and_what_could_not_be_read(tmp_path: Path) -> None:
    """One input does not keep another from being checked."""
    report = lint([_bad(tmp_path), tmp_path / "missing"])
    assert "SLIT005" in {finding.id for finding in report.findings}
    (refusal,) = report.not_checked
    assert refusal.label == str(tmp_path / "missing")
    assert repr(report).endswith("in 1 table, 1 input not checked>")


def test_options_choose_rules(tmp_path: Path) -> None:
    """As on the command line."""
    report = lint(_bad(tmp_path), LintOptions(ignore=("SLIT",)))
    assert not any(finding.id.startswith("SLIT") for finding in report.findings)


def test_known_findings_are_left_out(tmp_path: Path) -> None:
    """As an option, or of a report."""
    path = _bad(tmp_path)
    report = lint(path)
    baseline = tmp_path / "known.json"
    baseline.write_text(baseline_json(report))
    known = lint(path, LintOptions(baseline=str(baseline)))
    assert known.findings == ()
    assert known == without_known(report, str(baseline))


def test_what_next_to_the_tables_was_not_used_is_noted(tmp_path: Path) -> None:
    """The report of lint and the machine of a plan name it once."""
    (tmp_path / "SRAT.bin").write_bytes(
        (ROOT / "fixtures/bin/two-sockets-removable-riser/SRAT.bin").read_bytes()
    )
    (tmp_path / "dmesg").write_text(LOG + LOG)
    (note,) = lint(tmp_path).notes
    assert "2 boots, of which number 2 was read" in note
    assert load(tmp_path).notes == (note,)


def test_progress_of_both_works(tmp_path: Path) -> None:
    """Reading and checking begin and end."""
    seen: list[tuple[str, bool]] = []
    read = ReadOptions(progress=lambda work, item: seen.append((work, item is None)))
    lint(_bad(tmp_path), read=read)
    assert ("reading", False) in seen
    assert seen[-1] == ("checking", True)


def test_configuration_is_read_only_when_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the nearest folder, or from the file that is named."""
    (tmp_path / "srattool.toml").write_text('[lint]\nignore = ["SLIT"]\n')
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    assert lint_config().ignore == ("SLIT",)
    assert lint_config(str(tmp_path / "srattool.toml")).ignore == ("SLIT",)
    assert lint(_bad(tmp_path)).findings
    with pytest.raises(SratToolError, match="no such file"):
        lint_config("missing.toml")


def test_a_log_as_planned(tmp_path: Path) -> None:
    """Every part that can be compared is equal."""
    (tmp_path / "dmesg").write_text(LOG)
    result = verify(tmp_path / "dmesg")
    assert result.verdict is Verdict.EQUAL
    assert repr(result).startswith("<Verification equal: ")
    with pytest.raises(SratToolError, match="nothing to verify"):
        verify()


def test_an_image_without_anything_to_verify_is_named(tmp_path: Path) -> None:
    """Tables alone show no RAM, and the error names the file that was read."""
    path = tmp_path / "MADT.bin"
    path.write_bytes(table_bytes(b"APIC", bytes(8)))
    with pytest.raises(SratToolError, match="what RAM there is") as refused:
        verify(path)
    assert refused.value.where == str(path)
