"""A sosreport-like archive, made of a booted machine of the corpus, through our commands."""

from __future__ import annotations

import base64
import gzip
import json
import lzma
from pathlib import Path

import pytest

from srat_tool.cli.main import COMMANDS, run
from tests.sources.test_tar import archive
from tests.support import CORPUS, needs_corpus

Capture = pytest.CaptureFixture[str]


def _case() -> dict[str, object]:
    """Return the first complete x86 boot of 6.1 that was given a SRAT and tells its zones."""
    for path in sorted((CORPUS / "boots").glob("dev-*.json.gz")):
        case = json.loads(gzip.decompress(path.read_bytes()))
        given, seen = case["input"], case["observed"]
        good = given["kernel"]["version"] == "6.1" and "SRAT" in given["tables"]
        if good and seen["end"] == "complete" and seen["runtime"].get("zoneinfo"):
            return dict(case)
    pytest.skip("no such boot in the corpus")


@pytest.fixture
def sosreport(tmp_path: Path) -> tuple[str, str, str]:
    """Return the paths of an archive, and of the log and the tables that lie in it."""
    case = _case()
    given = case["input"]
    assert isinstance(given, dict)
    log = str(case["log"]).encode()
    tables = {name: base64.b64decode(data) for name, data in given["tables"].items()}
    root = "sosreport-host-2026"
    files = {f"{root}/sys/firmware/acpi/tables/{name}": data for name, data in tables.items()}
    files[f"{root}/sos_commands/kernel/dmesg"] = log
    files[f"{root}/proc/cmdline"] = str(given["cmdline"]).encode()
    files[f"{root}/etc/hostname"] = b"host\n"
    (tmp_path / "sos.tar.xz").write_bytes(lzma.compress(archive(files), preset=0))
    (tmp_path / "boot.log").write_bytes(log)
    (tmp_path / "tables").mkdir()
    for name, data in tables.items():
        (tmp_path / "tables" / name).write_bytes(data)
    return str(tmp_path / "sos.tar.xz"), str(tmp_path / "boot.log"), str(tmp_path / "tables")


def _json(capsys: Capture, *arguments: str) -> dict[str, object]:
    assert run(list(arguments)) == 0
    return dict(json.loads(capsys.readouterr().out))


@needs_corpus
def test_plan_reads_tables_and_log_out_of_it(
    sosreport: tuple[str, str, str], capsys: Capture
) -> None:
    """The archive alone plans as its parts do."""
    whole, log, tables = sosreport
    from_archive = _json(capsys, "plan", "--format", "json", whole)
    from_parts = _json(capsys, "plan", "--format", "json", "--boot-log", log, tables)
    assert from_archive == from_parts


@needs_corpus
def test_verify_needs_nothing_else(sosreport: tuple[str, str, str], capsys: Capture) -> None:
    """Firmware's claim and the kernel's answer in one file: equal."""
    assert run(["verify", sosreport[0]]) == 0, capsys.readouterr().out


@needs_corpus
def test_other_commands_take_it(sosreport: tuple[str, str, str], capsys: Capture) -> None:
    """inspect and extract see the same tables in it."""
    assert run(["extract", "--list", sosreport[0]]) == 0
    listed = capsys.readouterr().out
    assert "tar archive" in listed
    assert run(["inspect", "--format", "json", sosreport[0]]) == 0
    assert "SRAT" in capsys.readouterr().out


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_that_reads_tables_takes_the_limits(name: str, capsys: Capture) -> None:
    """--source and the limits belong to every command that names inputs."""
    without = {"build", "completion", "man", "boot"}
    assert run([name, "--help"]) == 0
    text = capsys.readouterr().out
    assert ("--max-unpacked" in text) != (name in without), "use cli.options.input_options"
