"""A whole log: any family, any cut, any rubbish."""

from __future__ import annotations

import cProfile
import gzip
import json
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srat_tool.observe.bootlog import BootLog, before_answer, parse_boot_log
from tests.support import CORPUS, needs_corpus

SHORT = """\
[    0.000000] Linux version 4.4.0-31-generic (buildd@x) (gcc) #50-Ubuntu SMP
[    0.000000] Command line: root=/dev/sda1 numa=fake=2
[    0.000000] e820: BIOS-provided physical RAM map:
[    0.000000] BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff] usable
[    0.000000] BIOS-e820: [mem 0x0000000000100000-0x00000000bffdffff] usable
[    0.000000] e820: update [mem 0x00000000-0x00000fff] usable ==> reserved
[    0.000000] e820: last_pfn = 0xbffe0 max_arch_pfn = 0x400000000
[    0.000000] RAMDISK: [mem 0x7fee3000-0x7ffdffff]
[    0.000000] ACPI: SRAT 0x00000000BFFE15D4 000128 (v01 BOCHS BXPCSRAT 00000001 BXPC 00000001)
[    0.000000] SRAT: PXM 0 -> APIC 0x00 -> Node 0
[    0.000000] SRAT: Node 0 PXM 0 [mem 0x00000000-0xbfffffff]
[    0.000000] NUMA: Node 0 [mem 0x00000000-0x0009ffff] + [mem 0x00100000-0xbfffffff] -> x
"""
SEQUENCES = ("edits", "last_pfns", "reservations", "srat_memory", "srat_cpus", "tables")


def _grows(shorter: BootLog, longer: BootLog) -> None:
    for name in SEQUENCES:
        before, after = getattr(shorter, name), getattr(longer, name)
        assert after[: len(before)] == before
    for name in ("release", "command_line", "answer_line", "dmi"):
        assert getattr(shorter, name) in (None, getattr(longer, name))


def test_every_fact_of_a_short_log() -> None:
    """One log, read once."""
    log = parse_boot_log(SHORT)
    assert log.release == "4.4.0-31-generic"
    assert log.answer_line == 9
    assert (len(log.srat_memory), len(log.srat_cpus), len(log.tables)) == (1, 1, 1)
    assert (len(log.edits), log.last_pfns, log.boots) == (1, (0xBFFE0,), 1)


def test_cut_at_any_line_and_anywhere_in_a_line() -> None:
    """A shorter log contains less, and never something else."""
    whole = parse_boot_log(SHORT)
    lines = SHORT.splitlines(keepends=True)
    for count in range(len(lines) + 1):
        _grows(parse_boot_log("".join(lines[:count])), whole)
    for at in range(0, len(SHORT), 7):
        parse_boot_log(SHORT[:at])


def test_one_boot_of_several_is_read() -> None:
    """A second `Linux version` starts another boot; the answers of two are never mixed."""
    text = SHORT + SHORT.replace("4.4.0", "4.5.0")
    log = parse_boot_log(text, "first")
    assert (log.boots, log.boot, log.release) == (2, 1, "4.4.0-31-generic")
    assert len(log.srat_memory) == 1
    assert parse_boot_log(text, 2).release == "4.5.0-31-generic"


def test_what_was_told_before_the_answer() -> None:
    """The SRAT's own lines belong to the answer when the table is at hand, else to the input."""
    log = parse_boot_log(SHORT)
    assert before_answer(log, keep_srat=False).srat_memory == ()
    assert before_answer(log, keep_srat=True).srat_memory == log.srat_memory


def test_the_verdict_is_left_out_where_the_memory_is_known() -> None:
    """Then it is compared; without a memory map it is the only trace of the RAM."""
    verdict = "NUMA: nodes only cover 1MB of your 8MB e820 RAM. Not used.\nZone ranges:\n"
    log = parse_boot_log(SHORT + verdict)
    assert log.answer.coverage == (7 << 20, 8 << 20)
    assert before_answer(log, keep_srat=True).answer.coverage is None
    lost = parse_boot_log(verdict)
    assert before_answer(lost, keep_srat=True).answer == lost.answer


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(SHORT.splitlines()), st.text(max_size=80)), max_size=30))
def test_any_text_is_read(lines: list[str]) -> None:
    """No text raises."""
    parse_boot_log("\n".join(lines))


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.sampled_from(SHORT.splitlines()), st.integers(0, 90), st.text(max_size=20))
def test_damaged_lines_are_read(line: str, at: int, rubbish: str) -> None:
    """A line with rubbish in it is read or left out."""
    parse_boot_log(line[:at] + rubbish + line[at + len(rubbish) :])


@pytest.mark.parametrize(
    "piece",
    [
        "e820: update ",
        "efi: mem1: [",
        "SRAT: Node 1 PXM ",
        " memory[0x1]\t",
        "BIOS-e820: [mem 0x",
        "ACPI: SRAT 0x1 ",
        "SRAT: hot plug zone found 0 - 1\n",
        "MEMBLOCK configuration:\n",
        "  #1 [0 - 0] ",
        "9" * 50,
    ],
)
def test_hostile_text_takes_linear_time(piece: str) -> None:
    """Two megabytes of half a message are read to the end; going back over them would take days."""
    assert parse_boot_log(piece * (2_000_000 // len(piece))).command_line is None


def _corpus_logs() -> Iterator[str]:
    for path in sorted((CORPUS / "dmesg").glob("*.log")):
        yield path.read_text(errors="replace")
    for path in sorted((CORPUS / "boots").glob("dev-00*.json.gz")):
        yield json.loads(gzip.decompress(path.read_bytes()))["log"]


@needs_corpus
def test_corpus_logs_are_read_at_every_cut() -> None:
    """Logs of real machines, cut at forty places each, only ever contain less."""
    for text in _corpus_logs():
        lines = text.splitlines(keepends=True)[:600]
        whole = parse_boot_log("".join(lines))
        for count in range(0, len(lines), max(1, len(lines) // 40)):
            _grows(parse_boot_log("".join(lines[:count])), whole)


def test_the_command_line_outlives_the_cut() -> None:
    """The kernel's answer is cut off; the whole command line below that is not part of it."""
    log = parse_boot_log(
        "[    0.000000][    T0] Linux version 6.8.0-rc1 (x@y)\n"
        "Command line: quiet\nZone ranges:\nKernel command line: numa=fake=2 quiet\n"
    )
    told = before_answer(log, keep_srat=True)
    assert (told.command_line, told.printk_caller) == ("numa=fake=2 quiet", True)
    assert not parse_boot_log("[    0.000000] Linux version 6.8.0-rc1 (x@y)\n").printk_caller


def test_most_lines_cost_little() -> None:
    """Lines of drivers and services are skipped after their first characters."""
    said = "usb 1-1: new high-speed USB device number 2 using xhci_hcd\n"

    def calls(count: int) -> int:
        later = "".join(f"[{at:5}.000000] {said}" for at in range(count))
        profile = cProfile.Profile()
        profile.runcall(parse_boot_log, SHORT + later)
        return sum(entry.callcount for entry in profile.getstats())

    calls(1)
    assert calls(3000) - calls(1000) < 2000 * 30


@pytest.mark.parametrize(
    "line",
    [
        "No\tNUMA configuration found",
        "DMA  \t[mem 0x0000000000001000-0x0000000000ffffff]",
        "NUMA: Node 1 [mem 0x0-0xfff]",
        "3: 0x00000000 -> 0x0000009f",
        "Fallback order for Node 0: 0 1",
        "node\t0: [mem 0x0000000000001000-0x000000000009dfff]",
    ],
)
def test_no_line_of_the_answer_is_passed_over(line: str) -> None:
    """Whatever its blanks are, a line of the answer is kept."""
    answer = parse_boot_log(f"{SHORT}[    0.000000] {line}\n").answer
    kept = [*answer.printed.values(), *answer.late.values()]
    assert any(" ".join(line.split()) in lines for lines in kept)
