"""`srattool lint`: what is checked, what is printed, and the exit status."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from srat_tool.base.errors import SourceError, SratToolError
from srat_tool.cli import main
from srat_tool.cli.lint import command
from srat_tool.render.formats import formats_of
from tests.cli.test_verify import LOG
from tests.support import ROOT, table_bytes

GOOD_SLIT = table_bytes(b"SLIT", (2).to_bytes(8, "little") + bytes([10, 21, 21, 10]))
BAD_SLIT = table_bytes(b"SLIT", (2).to_bytes(8, "little") + bytes([10, 21, 21, 11]))


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.bin").write_bytes(GOOD_SLIT)
    (tmp_path / "bad.bin").write_bytes(BAD_SLIT)
    (tmp_path / "text.bin").write_text("this is no table")


def run(*arguments: str) -> tuple[int, str]:
    """Run the command; return the status and standard output."""
    result: Result = CliRunner().invoke(command, list(arguments), standalone_mode=False)
    if result.exception is not None:
        raise result.exception
    return int(result.return_value or 0), result.stdout


def test_clean_is_zero_and_silent() -> None:
    """A sound table has no findings."""
    assert run("good.bin") == (0, "")


def test_error_is_one() -> None:
    """One line a finding."""
    status, out = run("bad.bin")
    assert status == 1
    assert out.startswith("bad.bin:0x002f: error SLIT005 SLIT: distance from 1 to 1 is 11")


def test_unreadable_wins() -> None:
    """What could not be checked weighs more than findings, and the rest is checked all the same."""
    status, out = run("bad.bin", "no-such-file", "text.bin", "--format", "json")
    document = json.loads(out)
    assert status == 2
    assert [finding["id"] for finding in document["findings"]] == ["SLIT005"]
    assert {entry["path"] for entry in document["not_checked"]} == {"no-such-file", "text.bin"}


def test_nothing_is_no_pass(tmp_path: Path) -> None:
    """A folder without tables is 2, unless that is allowed."""
    (tmp_path / "empty").mkdir()
    assert run("empty")[0] == 2
    assert run("empty", "--allow-empty")[0] == 0


def test_tables_without_rules_are_nothing(tmp_path: Path) -> None:
    """An image whose only tables have no rules of their own has not been checked."""
    (tmp_path / "other.bin").write_bytes(table_bytes(b"SSDT", bytes(8)))
    result = CliRunner().invoke(command, ["other.bin"], standalone_mode=False)
    assert result.return_value == 2
    assert (
        "nothing found to check in other.bin: no table of a kind that has rules, only SSDT"
        in result.output
    )
    assert run("other.bin", "--allow-empty")[0] == 0
    assert run("other.bin", "good.bin")[0] == 0


def test_thresholds() -> None:
    """--fail-on moves the border, --exit-zero takes it away."""
    assert run("good.bin", "--fail-on", "info", "--profile", "spec")[0] == 0
    assert run("bad.bin", "--exit-zero")[0] == 0
    assert run("bad.bin", "--ignore", "SLIT005")[0] == 0


def test_info_is_shown_when_asked_for(tmp_path: Path) -> None:
    """Text hides advice by default; json and selected rules do not."""
    data = table_bytes(b"SLIT", (2).to_bytes(8, "little") + bytes([10, 40, 40, 10]))
    (tmp_path / "far.bin").write_bytes(data)
    assert run("far.bin")[1] == ""
    assert "SLIT012" in run("far.bin", "--show", "info")[1]
    assert "SLIT012" in run("far.bin", "--select", "SLIT012")[1]
    assert "SLIT012" in run("far.bin", "--format", "json")[1]


@pytest.mark.parametrize("form", formats_of("Report"))
def test_every_format_carries_the_finding(form: str) -> None:
    """Whatever the format, the code is in it."""
    assert "SLIT005" in run("bad.bin", "--format", form)[1]


def test_what_was_not_used_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A log of two boots next to the tables goes to standard error, whatever the format."""
    (tmp_path / "machine").mkdir()
    (tmp_path / "machine" / "SLIT.bin").write_bytes(GOOD_SLIT)
    (tmp_path / "machine" / "dmesg").write_text(LOG + LOG)
    main.run(["lint", "--isolated", "--format", "json", "machine"])
    assert "2 boots, of which number 2 was read" in capsys.readouterr().err


def test_explain_prints_the_page() -> None:
    """By code or by name; anything else is an error."""
    assert run("--explain", "slit005")[1] == run("--explain", "diagonal-not-10")[1]
    with pytest.raises(SratToolError, match="no such rule"):
        run("--explain", "SLIT999")


@pytest.mark.parametrize("form", formats_of("Report"))
def test_output_is_what_would_be_printed(form: str, tmp_path: Path) -> None:
    """A file gets the same bytes as standard output, which stays empty then."""
    printed = run("bad.bin", "--format", form)
    assert run("bad.bin", "--format", form, "-o", "report") == (1, "")
    assert (1, (tmp_path / "report").read_text()) == printed
    assert run("bad.bin", "--format", form, "-o", "-") == printed


def test_baseline_that_cannot_be_written() -> None:
    """What is in the way is named."""
    with pytest.raises(SourceError, match=r"bad\.bin/known\.json: "):
        run("bad.bin", "--write-baseline", "bad.bin/known.json")


def test_baseline_round_trip() -> None:
    """What was written is not reported again; writing is no failure."""
    assert run("bad.bin", "--write-baseline", "known.json")[0] == 0
    assert run("bad.bin", "--baseline", "known.json") == (0, "")


def test_configuration_is_found_upwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The nearest file counts; --isolated reads none."""
    (tmp_path / "srattool.toml").write_text('[lint]\nignore = ["SLIT005"]\n')
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    assert run("../bad.bin")[0] == 0
    assert run("../bad.bin", "--isolated")[0] == 1


def test_type_is_demanded() -> None:
    """--type names the signature that the inputs must have."""
    assert "ACPI006" in run("good.bin", "--type", "SRAT")[1]
    assert run("good.bin", "--type", "SLIT") == (0, "")


def test_unknown_rule_is_refused() -> None:
    """A slip must not switch a check off."""
    with pytest.raises(SratToolError, match="no rule"):
        run("good.bin", "--ignore", "SLIT9999")
    with pytest.raises(click.UsageError):
        run("good.bin", "--format", "xml")


def test_rules_are_listed() -> None:
    """Code, severity, name and summary, those that are selected."""
    status, out = run("--list-rules", "--select", "SLIT00")
    assert status == 0
    assert "SLIT001" in out
    assert "SRAT101" not in out
    assert "SRAT101" in run("--list-rules")[1]


def test_statistics_count_by_rule() -> None:
    """In the place of the findings, and with their status."""
    assert run("--statistics", "bad.bin") == (1, "    1 error   SLIT005  diagonal-not-10\n")


def test_full_text_has_consequence_and_remedy() -> None:
    """Also in a pipe; concise is a line for each finding."""
    _, full = run("--output-format", "full", "bad.bin")
    _, concise = run("--output-format", "concise", "bad.bin")
    assert full.startswith(concise)
    assert "    why: " in full
    assert "    fix: " in full
    assert "    why: " not in concise


def test_files_that_are_no_tables_are_skipped_when_allowed(tmp_path: Path) -> None:
    """But never one that is named or signed like a table."""
    assert run("--allow-empty", "good.bin", "text.bin") == (0, "")
    assert run("good.bin", "text.bin")[0] == 2
    (tmp_path / "SRAT.bin").write_text("this is no table either")
    assert run("--allow-empty", "good.bin", "SRAT.bin")[0] == 2
    (tmp_path / "signed.bin").write_bytes(b"SRAT" + bytes(8))
    assert run("--allow-empty", "signed.bin")[0] == 1


def test_a_configuration_of_a_parent_folder_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What decides the status may not stay in the dark."""
    (tmp_path / "srattool.toml").write_text("[lint]\nignore = ['SLIT005']\n")
    (tmp_path / "below").mkdir()
    assert main.run(["lint", "bad.bin"]) == 0
    assert "configuration" not in capsys.readouterr().err
    monkeypatch.chdir(tmp_path / "below")
    assert main.run(["lint", "../bad.bin"]) == 0
    assert f"configuration from {tmp_path / 'srattool.toml'}" in capsys.readouterr().err


def test_a_reader_that_goes_does_not_change_the_status(tmp_path: Path) -> None:
    """The findings decide."""
    entries = "\n".join(f"mem 0 {index}G+2G" for index in range(2000))
    (tmp_path / "many.toml").write_text(f"[srat]\nentries = '''\n{entries}\nmem 1 0+1G\n'''\n")
    call = f"{sys.executable} -m srat_tool lint --format json many.toml"
    shell = f"{call} | true; exit ${{PIPESTATUS[0]}}"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    assert subprocess.run(["bash", "-c", shell], env=environment, check=False).returncode == 1


def test_verdicts_tell_who_keeps_numa(tmp_path: Path) -> None:
    """Status 1 where a system loses it, 2 where there is nothing to judge."""
    ranges = "apic 0 0\nmem 0 0+4G\nmem 1 4G+4G"
    (tmp_path / "m.toml").write_text(f"[srat]\nentries = '''\n{ranges}\n'''\n")
    status, out = run("--verdicts", "m.toml")
    assert status == 1
    assert re.search(r"Linux [0-9. ]*6\.12[0-9. ]+yes", out)
    assert re.search(r"FreeBSD +no +entry 2 .*No CPU found", out)
    status, out = run("--verdicts", "--format", "json", "m.toml", "--exit-zero")
    assert status == 0
    assert [one["system"] for one in json.loads(out)["verdicts"] if one["keeps_numa"] is False] == [
        "FreeBSD"
    ]
    assert run("--verdicts", "no-such-file")[0] == 2


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["--list-rules"], 0),
        (["--explain", "SLIT005"], 0),
        (["--verdicts", "example:memoryless-and-processorless"], 1),
    ],
)
def test_a_reader_that_goes_leaves_the_status(words: list[str], status: int) -> None:
    """A list has no verdict to spoil, and a verdict stays what it is."""
    call = [sys.executable, "-m", "srat_tool", "lint", *words]
    with subprocess.Popen(call, cwd=ROOT, stdout=subprocess.PIPE) as tool:
        assert tool.stdout is not None
        tool.stdout.close()
    whole = subprocess.run(call, cwd=ROOT, stdout=subprocess.DEVNULL, check=False)
    assert tool.returncode == whole.returncode == status


def test_a_missing_path_is_one_line(tmp_path: Path) -> None:
    """No option would make it right, so none is named."""
    call = [sys.executable, "-m", "srat_tool", "lint", str(tmp_path / "nowhere")]
    done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "no such file" in done.stderr
    assert "--allow-empty" not in done.stderr
