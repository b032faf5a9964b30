"""Prefixes of loggers, printk and mailers are taken off; the message keeps its own blanks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srat_tool.observe import lines
from srat_tool.observe.lines import kernel_lines

MESSAGE = "  node   0: [mem 0x0000000000001000-0x000000000009dfff]"


@pytest.mark.parametrize(
    "prefix",
    [
        "",
        "[    0.000000] ",
        "[    0.000000][    T0] ",
        "[    0.000000] [      T0] ",
        "[ 0.000000] ",
        "[  +0.000001] ",
        "[Jun21 23:09] ",
        "[Jun 1 23:09] ",
        "<6>[    0.000000] ",
        "[Fri May  1 09:46:33 2026] ",
        "kern  :info  : [Fri Apr  7 00:04:12 2023] ",
        "kern  :warn  : [    0.000000] ",
        "Jun 11 20:15:39 host kernel: ",
        "Jun 11 20:15:39 kernel: ",
        "Jun 11 20:15:39 host kernel: [    0.000000] ",
        "2023-04-07T00:04:12.123456+02:00 host kernel: [    0.000000] ",
        "2023-04-07T00:04:12,123456+02:00 ",
        "2023-04-07 00:04:12 host kernel: ",
        "Fri 2026-11-27 17:59:37 UTC host kernel: ",
        "Nov 27 17:59:37.123456 host kernel: ",
        "1732730377.123456 host kernel: ",
        "[    0.000000] host kernel: ",
        "[    0.000000 <    0.000000>] ",
        "17:46:31,129 NOTICE kernel: ",
        "<6>1 2023-04-07T00:04:12.123456+02:00 host kernel - - - ",
        "6,214,1204567,-;",
        "4,215,1204567,-,caller=T1;",
        "> ",
        "> > [    0.000000] ",
        " [    0.000000] ",
        "\t[    0.000000][    T0] ",
        ">     Jun 11 20:15:39 host kernel: [    0.000000] ",
        "    kern  :info  : [    0.000000] ",
    ],
)
def test_prefixes_go_and_blanks_stay(prefix: str) -> None:
    """Whatever is before the message is removed, and the message stays as it was printed."""
    assert list(kernel_lines(prefix + MESSAGE)) == [MESSAGE]


def test_a_message_in_brackets_is_no_timestamp() -> None:
    """Only what looks like a time is a time."""
    for line in ("[Firmware Bug]: SRAT has no processors", "[mem 0xc0000000-0xfed1bfff] available"):
        assert list(kernel_lines(line)) == [line]


@pytest.mark.parametrize(
    "prefix",
    [
        "\t2015-10-01T18:25:37.33654 kern.info: ",
        "Jun 30 21:12:14 host kernel: kernel: ",
        "[21:12:14] ",
        "2021-06-30 21:12:14 ",
        "host-bmc | ",
        "    12\t",
        "2021-06-30T21:12:14Z\t",
    ],
)
def test_the_kernels_own_stamp_ends_what_loggers_wrote(prefix: str) -> None:
    """If the first line of the kernel shows that there is something, it goes from every line."""
    lines = ["Linux version 6.1.0", "BIOS-provided physical RAM map:", MESSAGE]
    text = "\n".join(f"{prefix}[    0.000000] {line}" for line in lines)
    assert list(kernel_lines(text)) == lines


def test_quoted_printable_is_decoded() -> None:
    """Soft line breaks and `=3D` of a mail are undone."""
    text = "Command line: root=3D/dev/sda1 movable_no=\nde quiet\r\nnext\r\n"
    assert list(kernel_lines(text)) == [
        "Command line: root=/dev/sda1 movable_node quiet",
        "next",
        "",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "> Initmem setup node 0 [mem \n> 0x0000000000001000-0x000000007f79ffff]",
        "> Initmem setup node 0 [mem\n> 0x0000000000001000-0x000000007f79ffff]",
        "[    0.0] Initmem setup node 0 [mem 0x0000000000001000-\n0x000000007f79ffff]",
    ],
)
def test_lines_that_were_broken_inside_a_range_are_joined(text: str) -> None:
    """Mailers and terminals break long lines; an open bracket shows it."""
    whole = "Initmem setup node 0 [mem 0x0000000000001000-0x000000007f79ffff]"
    assert list(kernel_lines(text)) == [whole]


def test_a_map_entry_without_its_type_is_joined() -> None:
    """The type is on the next line."""
    text = "BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff]\n usable\nnext"
    whole = "BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff] usable"
    assert list(kernel_lines(text)) == [whole, "next"]


def test_a_cut_inside_a_range_is_no_join() -> None:
    """The last line of a log may end anywhere."""
    assert list(kernel_lines("a\nnode 0 [mem 0x00")) == ["a", "node 0 [mem 0x00"]
    entry = "BIOS-e820: [mem 0x0-0xfff]"
    assert list(kernel_lines(f"{entry}\n{entry} usable")) == [entry, f"{entry} usable"]


@pytest.mark.parametrize("piece", ["> ", "[ ", "[0.0] ", "Jun 11 ", "kern  :", "<1>", "=3D=\n"])
def test_hostile_lines_take_linear_time(piece: str) -> None:
    """A line made of half prefixes is read to its end; going back over it would take days."""
    for line in kernel_lines(piece * 200_000):
        assert line is not None


def test_lines_of_other_programs_are_no_part_of_a_message() -> None:
    """A system log has them between those of the kernel: none continues what is above it."""
    entry = "BIOS-e820: [mem 0x0000000000100000-0x000000003ffdffff] usable"
    for host in ("h", "ip-10-0-0-1", "fe80::1", "(none)"):
        text = (
            f"Oct  1 10:00:00 {host} kernel: {entry}\n"
            f"Oct  1 10:00:00 {host} systemd[1]: Started it.\n"
            f"Oct  1 10:00:00 {host} rsyslogd: imuxsock lost 3 messages\n"
            f"Oct  1 10:00:00 {host} kernel: NX (Execute Disable) protection: active\n"
        )
        assert list(filter(None, kernel_lines(text))) == [
            entry,
            "NX (Execute Disable) protection: active",
        ]


def test_a_terminal_breaks_at_its_width() -> None:
    """Nothing is added where it broke a word; a log of short lines is left alone."""
    messages = [
        f"[    0.000000] BIOS-e820: [mem 0x000000000{n}000000-0x000000000{n}ffffff] usable and more"
        for n in range(6)
    ]
    width = 64
    pieces = [m[at : at + width] for m in messages for at in range(0, len(m), width)]
    assert list(kernel_lines("\n".join(pieces))) == [m.partition("] ")[2] for m in messages]


@pytest.mark.parametrize(
    "line",
    [
        '1 2026-11-27T21:00:00Z h kernel - - [meta sequenceId="1"] %s',
        '2026-11-27 21:00:00,h,kernel,"[    0.000000] %s"',
        "[ 0.000000 ] %s",
        "+%s",
        "+[    0.000000] %s",
    ],
)
def test_further_forms(line: str) -> None:
    """Structured data, a quoted column, a wide stamp, an added line of a patch."""
    said = "Command line: quiet"
    assert list(kernel_lines("\n".join([line % said] * 3))) == [said] * 3


def test_lines_of_one_length_are_not_joined() -> None:
    """Without timestamps nothing distinguishes a broken line from the next message."""
    lines = [
        f" memory[{n:#x}]\t[0x000000000{n}000000-0x000000000{n}ffffff], flags: 0x0"
        for n in range(6)
    ]
    assert list(kernel_lines("\n".join(lines))) == lines


_PIECES = (
    *("[    0.000000] ", "[12.345678]", "[    1.000000] [    T0] ", "<6>", "kern  :info  : "),
    *("host kernel: ", "k.x kernel[1]: ", "kernel", "May 11 20:15:39 ", "Mon May 1 1:2:3 2026 "),
    *("2026-11-27T21:00:00Z ", "1 ", "> ", " ", "\t", "\u0661", "usb 1-1: new device", "May be "),
)


@given(st.lists(st.sampled_from(_PIECES), max_size=6).map("".join))
def test_the_short_way_is_the_long_way(line: str) -> None:
    """A line with the kernel's stamp alone is split as the expression for all prefixes does it."""
    match = lines._PREFIX.match(line)
    assert match is not None
    assert lines._split_prefix(line) == (line[match.end() :], bool(match[1]))


@given(st.text("\t x[]:.(01", max_size=40), st.sampled_from(("", " ", "  ", " " * 9)))
def test_messages_in_messages(before: str, gap: str) -> None:
    """A stamp after some text begins a message, unless it is too far away."""
    line = f"{before}{gap}[    0.000000] NX"
    bare = line[: line.index("[    0.")].rstrip(" \t")
    blanks = line.index("[    0.") - len(bare)
    assert (len(lines._unglued(line)) > 1) <= (bool(bare) and blanks <= 8)
