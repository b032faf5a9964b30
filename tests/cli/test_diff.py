"""`srattool diff` from inputs to exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from srat_tool.cli.main import run
from srat_tool.sources.examples import FOLDER
from tests.compare.samples import cpu, memory, srat

SPECS = FOLDER


@pytest.fixture
def tables(tmp_path: Path) -> tuple[str, str]:
    """Two editions of one SRAT: the second makes domain 1 hot-pluggable."""
    editions = []
    for name, flags in (("old", 1), ("new", 3)):
        table = srat(cpu(0, 0), cpu(1, 1), memory(0, 0, 4), memory(1, 4, 4, flags=flags))
        path = tmp_path / f"{name}.bin"
        path.write_bytes(table.data)
        editions.append(str(path))
    return editions[0], editions[1]


def test_difference_and_what_it_changes(
    tables: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 1: the flag in the table, and the zone that it makes."""
    assert run(["diff", "--movable-node", "--kernel", "6.1", *tables]) == 1
    out = capsys.readouterr().out
    assert "flag        memory 0x100000000-0x1ffffffff (4G) is now hot-pluggable" in out
    assert "node 1: Movable was 0B, is 4G" in out
    assert "hot-pluggable 0x100000000-0x1ffffffff was absent, is movable" in out


def test_the_policy_decides_what_it_changes(
    tables: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Without movable_node the flag makes no zone."""
    assert run(["diff", "--kernel", "6.1", *tables]) == 1
    assert "Movable was" not in capsys.readouterr().out


def test_equal_inputs(tables: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    """Exit 0."""
    assert run(["diff", tables[0], tables[0]]) == 0
    assert capsys.readouterr().out == "no difference\n"


def test_unreadable_input_is_no_answer(
    tables: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit 2, one line."""
    assert run(["diff", tables[0], "/nonexistent"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_specs_are_inputs_too(capsys: pytest.CaptureFixture[str]) -> None:
    """Any kind of source; JSON for scripts."""
    before, after = SPECS / "two-sockets-removable-riser.toml", SPECS / "32-nodes.toml"
    assert run(["diff", "--format", "json", str(before), str(after)]) == 1
    document = json.loads(capsys.readouterr().out)
    assert document["schema"] == "srattool.diff/1"
    assert document["changes"]
    assert document["effects"]


@pytest.mark.parametrize(
    ("style", "begin"), [("markdown", "**SRAT**"), ("svg", "<svg"), ("html", "<!DOCTYPE")]
)
def test_files(tables: tuple[str, str], tmp_path: Path, style: str, begin: str) -> None:
    """Written where asked for."""
    target = tmp_path / "out"
    assert run(["diff", *tables, "--format", style, "-o", str(target)]) == 1
    assert target.read_text().startswith(begin)


def test_logs_of_two_machines_differ(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without a table in either, what comes of them is compared; exit 1."""
    names = []
    for name, end in (("small", "3ffdffff"), ("large", "7ffdffff")):
        path = tmp_path / name
        path.write_text(
            "[    0.000000] Linux version 6.1.0-13-amd64 (x@y) (gcc-12) #1 SMP\n"
            "[    0.000000] Command line: quiet\n"
            "[    0.000000] BIOS-provided physical RAM map:\n"
            "[    0.000000] BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff] usable\n"
            f"[    0.000000] BIOS-e820: [mem 0x0000000000100000-0x00000000{end}] usable\n"
            "[    0.000000] NX (Execute Disable) protection: active\n"
        )
        names.append(str(path))
    assert run(["diff", *names]) == 1
    out = capsys.readouterr().out
    assert out.startswith(f"only plans are compared: no tables in {names[0]} and {names[1]}\n")
    assert "node 0: DMA32 was " in out
    assert run(["diff", names[0], names[0]]) == 0


def test_a_log_has_no_tables_to_compare(
    tables: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its plan is compared with that of tables; without a plan nothing is: exit 2."""
    excerpt = tmp_path / "excerpt"
    excerpt.write_text("[    0.000000] SRAT: Node 0 PXM 0 [mem 0x00000000-0x7fffffff]\n")
    assert run(["diff", tables[0], str(excerpt)]) == 1
    out = capsys.readouterr().out
    assert out.startswith(f"only plans are compared: no tables in {excerpt}\n")
    assert "the table is new" not in out
    excerpt.write_text("[    0.000000] SRAT: PXM 0 -> APIC 0x00 -> Node 0\n")
    assert run(["diff", str(excerpt), str(excerpt)]) == 2
    assert run(["diff", tables[0], str(excerpt)]) == 2
    assert "no memory to plan" in capsys.readouterr().err
