"""What every line of a log has around its message goes, if the log shows that it is no message."""

from __future__ import annotations

import time

import pytest

from srat_tool.observe.bootlog import parse_boot_log
from srat_tool.observe.lines import kernel_lines

MESSAGES = (
    "Linux version 6.12.0 (me@there) #1 SMP",
    "Command line: console=ttyS0,115200 movable_node",
    "BIOS-provided physical RAM map:",
    "BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff] usable",
    "BIOS-e820: [mem 0x000000000009fc00-0x000000000009ffff] reserved",
    "BIOS-e820: [mem 0x0000000000100000-0x000000007fffffff] usable",
    "NX (Execute Disable) protection: active",
    "e820: update [mem 0x00000000-0x00000fff] usable ==> reserved",
    "ACPI: SRAT: Node 0 PXM 0 [mem 0x00000000-0x7fffffff]",
    "memory.cnt  = 0x3",
    "Zone ranges:",
    "DMA32    [mem 0x0000000001000000-0x000000007fffffff]",
    "Movable zone start for each node",
    "Early memory node ranges",
    "node   0: [mem 0x0000000000001000-0x000000000009efff]",
)


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("<6>[    0.0000{n:02}]  ({n})[{n}:swapper]", ""),
        ("[    0.000000] [T{n}@C0] ", ""),
        ("11-27 21:00:{n:02}.123     0     0 {word}         : ", ""),
        ("2026-11-27T21:00:{n:02}.123Z In({n}) vmkernel: ", ""),
        ("2026-11-27T21:00:{n:02}.123Z cpu{n}:20971{n:02})", ""),
        ("[21:00:{n:02}:123]", ""),
        ("(21:00:{n:02}.123) ", ""),
        ("{n}.000123 0.000001: ", ""),
        ("2026-11-27 21:00:{n:02},123 - {word} - vm0: ", ""),
        ("(d1) ", ""),
        ("vm1: ", ""),
        ("", ",kern,info,host{n}"),
        ("{n},2026-11-27T21:00:{n:02}Z,", ",kernel.info"),
        ('ts=2026-11-27T21:00:{n:02}Z lvl={word} msg="', '"'),
        ("| {n} | ", " |"),
        ("", "\t6\tkernel"),
    ],
)
def test_a_frame_of_no_known_logger_goes(before: str, behind: str) -> None:
    """Neither names nor numbers in it must be the same on every line."""
    text = "\n".join(
        before.format(n=n, word=("I", "W", "info")[n % 3]) + message + behind.format(n=n, word="I")
        for n, message in enumerate(MESSAGES)
    )
    assert [line.strip() for line in kernel_lines(text)] == list(MESSAGES)


def test_a_log_without_frames_stays_as_it_is() -> None:
    """What a kernel prints before some of these words, as `ACPI: `, is no frame."""
    assert list(kernel_lines("\n".join(MESSAGES))) == list(MESSAGES)
    entries = [f"ACPI: SRAT: Node {n} PXM {n} [mem 0x{n}0000000-0x{n}fffffff]" for n in range(9)]
    assert list(kernel_lines("\n".join(entries))) == entries
    edits = [f"e820: update [mem 0x{n}000-0x{n}fff] usable ==> reserved" for n in range(9)]
    assert list(kernel_lines("\n".join(edits))) == edits


def test_lines_of_another_shape_stay() -> None:
    """A line without the frame is no message of which anything may be lost."""
    framed = [f"[21:00:{n:02}:123]{message}" for n, message in enumerate(MESSAGES)]
    text = "\n".join([*framed, "[mem 0xc0000000-0xfed1bfff] available for PCI devices"])
    assert list(kernel_lines(text))[-1].endswith("0xfed1bfff] available for PCI devices")


def test_words_that_are_quoted_make_no_frame() -> None:
    """Two lines are no custom of a log."""
    log = parse_boot_log(
        "\n".join([*MESSAGES, "systemd: saw Zone ranges: x", "grep: Zone ranges:"])
    )
    assert log.release == "6.12.0"


def test_many_beginnings_on_one_line_take_linear_time() -> None:
    """Each is looked at with what is close to it."""
    begin = time.process_time()
    for words in ("Zone ranges:", "Command line: ", "] usable", "a Zone ranges:,", ",[("):
        assert list(kernel_lines(words * 100_000 + "\n" + words * 3))
    assert time.process_time() - begin < 20
