"""`srattool verify` on logs, archives and the running machine: answers and exit statuses."""

from __future__ import annotations

import io
import json
import tarfile
from pathlib import Path

import pytest

from srat_tool.cli.main import run
from tests.support import CORPUS, needs_corpus

# Made up: one GiB, no SRAT, as kernels of 6.1 print it.
LOG = """\
[    0.000000] Linux version 6.1.0-13-amd64 (x@y) (gcc-12) #1 SMP
[    0.000000] Command line: quiet
[    0.000000] BIOS-provided physical RAM map:
[    0.000000] BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff] usable
[    0.000000] BIOS-e820: [mem 0x000000000009fc00-0x000000000009ffff] reserved
[    0.000000] BIOS-e820: [mem 0x0000000000100000-0x000000003ffdffff] usable
[    0.000000] e820: update [mem 0x00000000-0x00000fff] usable ==> reserved
[    0.000000] e820: remove [mem 0x000a0000-0x000fffff] usable
[    0.000000] last_pfn = 0x3ffe0 max_arch_pfn = 0x400000000
[    0.000000] No NUMA configuration found
[    0.000000] Faking a node at [mem 0x0000000000000000-0x000000003ffdffff]
[    0.000000] NODE_DATA(0) allocated [mem 0x3ffb5000-0x3ffdffff]
[    0.000000] Zone ranges:
[    0.000000]   DMA      [mem 0x0000000000001000-0x0000000000ffffff]
[    0.000000]   DMA32    [mem 0x0000000001000000-0x000000003ffdffff]
[    0.000000]   Normal   empty
[    0.000000]   Device   empty
[    0.000000] Movable zone start for each node
[    0.000000] Early memory node ranges
[    0.000000]   node   0: [mem 0x0000000000001000-0x000000000009efff]
[    0.000000]   node   0: [mem 0x0000000000100000-0x000000003ffdffff]
[    0.000000] Initmem setup node 0 [mem 0x0000000000001000-0x000000003ffdffff]
"""
ZONEINFO = """\
Node 0, zone      DMA
        spanned  4095
        present  3998
  start_pfn:           1
Node 0, zone    DMA32
        spanned  258016
        present  258016
  start_pfn:           4096
"""


def _write(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text)
    return str(folder / name)


def test_a_log_without_srat_as_planned(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One faked node, every part equal: exit 0."""
    assert run(["verify", _write(tmp_path, "boot.log", LOG)]) == 0
    out = capsys.readouterr().out
    assert "different" not in out
    assert "equal" in out.splitlines()[0]


def test_a_difference_is_explained(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Another range of node 0: exit 1, both lines and the chain."""
    other = LOG.replace("0x0000000000100000-0x000000003ffdffff]\n", "0x0000000000200000-0x1]\n")
    assert run(["verify", _write(tmp_path, "boot.log", other)]) == 1
    out = capsys.readouterr().out
    assert "first difference" in out
    assert "because" in out


@pytest.mark.parametrize("count", [9, 3, 1])
def test_a_log_that_ends_before_the_answer(
    tmp_path: Path, count: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing to compare, or no memory map at all: exit 2."""
    text = "".join(LOG.splitlines(keepends=True)[:count])
    assert run(["verify", _write(tmp_path, "boot.log", text)]) == 2
    said = capsys.readouterr()
    assert "cannot tell" in said.out or "what RAM there is" in said.err


def test_every_cut_answers_without_a_trace(tmp_path: Path) -> None:
    """A log cut anywhere is equal as far as it goes, or unknown: never different."""
    lines = LOG.splitlines(keepends=True)
    for count in (10, 11, 12, 17, 18, 21, len(lines)):
        status = run(["verify", _write(tmp_path, "boot.log", "".join(lines[:count]))])
        assert status in {0, 1}, count


def test_a_log_that_names_an_srat_it_does_not_show(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever hides the entries gets no verdict: exit 2 and what to give."""
    named = "ACPI: SRAT 0x000000003FFE27D9 0000C8 (v03 BOCHS  BXPC     00000100 ORCL 00000001)\n"
    text = LOG.replace("[    0.000000] No NUMA", named + "[    0.000000] No NUMA")
    assert run(["verify", _write(tmp_path, "boot.log", text)]) == 2
    assert "shows none of its entries" in capsys.readouterr().err


def test_an_archive_holds_both_sides(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A sosreport: its dmesg is the plan's input and, with zoneinfo, the answer."""
    with tarfile.open(tmp_path / "sosreport.tar.xz", "w:xz") as archive:
        for name, text in (
            ("sos/sos_commands/kernel/dmesg", LOG),
            ("sos/proc/zoneinfo", ZONEINFO),
            ("sos/proc/cmdline", "quiet\n"),
        ):
            member = tarfile.TarInfo(name)
            member.size = len(text)
            archive.addfile(member, io.BytesIO(text.encode()))
    assert run(["verify", "--format", "json", str(tmp_path / "sosreport.tar.xz")]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["verdict"] == "equal"
    assert "zoneinfo" in [part["name"] for part in found["parts"]]


def test_nothing_named(capsys: pytest.CaptureFixture[str]) -> None:
    """No input is an error that names what could be given."""
    assert run(["verify"]) == 2
    assert "--live" in capsys.readouterr().err


@pytest.mark.skipif(not Path("/proc/zoneinfo").exists(), reason="not a Linux with /proc")
def test_the_running_machine() -> None:
    """The running machine has an answer of some kind, and never a traceback."""
    assert run(["verify", "--live"]) in {0, 1, 2}


@needs_corpus
@pytest.mark.parametrize(
    "name",
    ["azure-hyperv-gen1-hotplug-all", "dell-r815-8node-256g", "quanta-qssc-s4r-4socket-hotplug"],
)
def test_logs_of_real_machines(name: str) -> None:
    """Logs of a guest, an eight-node server and an old kernel go as planned."""
    assert run(["verify", str(CORPUS / "dmesg" / f"{name}.log")]) == 0


def test_files_without_a_boot_are_called_by_what_they_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The message names the kind of each input, not what a log would lack."""
    (tmp_path / "doc").write_bytes(b"%PDF-1.7\n%\xe2\xe3\n" + bytes(100))
    for content, reason in (("", "empty file"), ("%PDF-1.7\n", "it is a PDF document")):
        assert run(["verify", _write(tmp_path, "input", content)]) == 2
        assert reason in capsys.readouterr().err
    assert run(["verify", str(tmp_path / "doc")]) == 2
    assert "it is a PDF document" in capsys.readouterr().err


def test_watching_needs_a_running_machine(capsys: pytest.CaptureFixture[str]) -> None:
    """Files do not change by themselves: status 2, and the option that helps."""
    assert run(["verify", "--watch", "dmesg.txt"]) == 2
    assert "--live" in capsys.readouterr().err


def test_watching_asks_again(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until it is interrupted; what stays the same is written once, with the status of the end."""
    waits = iter([None, None])

    def wait(_: float) -> None:
        if next(waits, 0) == 0:
            raise KeyboardInterrupt

    monkeypatch.setattr("time.sleep", wait)
    status = run(["verify", "--live", "--watch"])
    assert status in {0, 1, 2}
    captured = capsys.readouterr()
    assert captured.out.count("--- ") == 1 or "srattool: " in captured.err
