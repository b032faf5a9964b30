"""Journals, mails and web pages give the lines that the kernel printed."""

from __future__ import annotations

import json

import pytest

from srat_tool.observe.containers import raw_lines

LINES = ["Linux version 6.1.0", "Zone ranges:", "  Normal   empty"]


def _record(message: object, **fields: str) -> dict[str, object]:
    return {"__CURSOR": "s=1", "_TRANSPORT": "kernel", "MESSAGE": message, **fields}


@pytest.mark.parametrize(
    ("indent", "before", "between"),
    [(None, "", "\n"), (4, "", "\n"), (None, "data: ", "\n\n"), (None, "\x1e", "\n")],
    ids=["json", "json-pretty", "json-sse", "json-seq"],
)
def test_json_of_a_journal(indent: int | None, before: str, between: str) -> None:
    """Only messages of the kernel count; bytes are a list of numbers."""
    records = [
        _record(LINES[0]),
        _record("not the kernel", _TRANSPORT="syslog"),
        _record([*LINES[1].encode()]),
        _record(LINES[2]),
        _record(None),
    ]
    text = between.join(before + json.dumps(record, indent=indent) for record in records)
    assert raw_lines(text) == LINES


def test_json_in_one_piece() -> None:
    """`dmesg --json` is one object, and the records of a journal may be in a list."""
    said = [{"pri": 6, "time": 0.0, "msg": line} for line in LINES]
    assert raw_lines(json.dumps({"dmesg": said}, indent=3)) == LINES
    assert raw_lines(json.dumps([_record(line) for line in LINES]).replace("}, ", "},\n")) == LINES
    cut = '{"dmesg": [{"msg": "'
    assert raw_lines(cut) == [cut]


@pytest.mark.parametrize("indent", ["", "    "])
def test_fields_of_a_journal(indent: str) -> None:
    """`-o export` has a blank line between records, `-o verbose` a heading above each."""
    head = "Fri 2026-11-27 17:59:37.123456 UTC [s=0a1b;i=1;b=2c]" if indent else "__CURSOR=s=1"
    said = [(line, "kernel") for line in LINES] + [("not the kernel", "stdout")]
    text = "\n".join(
        f"{head}\n{indent}_TRANSPORT={who}\n{indent}MESSAGE={line}\n" for line, who in said
    )
    assert [line.strip() for line in raw_lines(text)] == [line.strip() for line in LINES]


def test_damaged_records_are_kept_as_they_stand() -> None:
    """A record that cannot be read is not dropped without a word."""
    text = json.dumps(_record(LINES[0])) + '\n{"MESSAGE" : "cut'
    assert raw_lines(text) == [LINES[0], '{"MESSAGE" : "cut']
    deep = '{"MESSAGE": "a"}\n' + "[" * 100_000
    assert raw_lines(deep)[0] == "a"


def test_pages_and_terminals() -> None:
    """Character names of HTML and colours of a terminal are undone."""
    page = "SRAT: PXM 0 -&gt; APIC 0x00 -&gt; Node 0\nDMI: A &amp; B"
    assert raw_lines(page) == ["SRAT: PXM 0 -> APIC 0x00 -> Node 0", "DMI: A & B"]
    assert raw_lines("\x1b[32m[    0.000000] \x1b[0mZone ranges:") == [
        "[    0.000000] Zone ranges:"
    ]


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("", "<br/>\n"),
        ("<p>", "</p>"),
        ('<span id="L1" class="x"><span>', "</span></span>\n"),
        ('<tr><td class="n">1</td>\n<td>', "</td></tr>"),
    ],
)
def test_a_web_page_has_its_lines(before: str, behind: str) -> None:
    """Whatever ends and colours them there."""
    lines = ["SRAT: PXM 0 -&gt; APIC 0x00", "e820: update [mem 0x0-0xfff] usable ==&gt; reserved"]
    found = raw_lines("<html>" + "".join(before + line + behind for line in lines))
    assert [line for line in found if ": " in line] == [
        "SRAT: PXM 0 -> APIC 0x00",
        "e820: update [mem 0x0-0xfff] usable ==> reserved",
    ]


def test_what_a_page_escapes_without_its_tags() -> None:
    """Brackets and blanks have names and numbers."""
    text = "&#91;    0.000000&#93;&nbsp;node   0: &#91;mem 0x0-0xfff&#93;"
    assert raw_lines(text) == ["[    0.000000] node   0: [mem 0x0-0xfff]"]


def test_angle_brackets_of_a_kernel_are_no_tags() -> None:
    """Levels and mail addresses are kept."""
    text = "<6>Linux version 6.1 (a <b@c.d>)\n<info> NetworkManager"
    assert raw_lines(text) == text.split("\n")


def test_code_in_a_cell() -> None:
    """Markdown puts ticks around it."""
    assert raw_lines("| `[    0.000000] Zone ranges:` |\n- `Linux version 6.1`") == [
        "| [    0.000000] Zone ranges:",
        "- Linux version 6.1",
    ]


def test_lines_of_a_console_server_are_left_out() -> None:
    """They were written between those of the console."""
    text = "NUMA: a -> b\n[-- MARK -- Fri Nov 27 10:00:00 2026]\nZone ranges:\n"
    assert raw_lines(text) == ["NUMA: a -> b", "Zone ranges:", ""]


def test_quoted_printable() -> None:
    """Soft line breaks and `=3D` of a mail are undone."""
    assert raw_lines("root=3D/dev/sda1 movable_no=\nde\r\nnext") == [
        "root=/dev/sda1 movable_node",
        "next",
    ]


def test_json_lines_of_collectors() -> None:
    """Docker and others keep each line of a console under a name of their own."""
    for name in ("log", "message", "textPayload", "line"):
        text = "\n".join(json.dumps({name: f"{line}\r\n", "time": "t"}) for line in LINES)
        assert raw_lines(text) == LINES


def test_dmesg_json_that_is_cut() -> None:
    """What is there is read."""
    text = json.dumps({"dmesg": [{"pri": 6, "msg": line} for line in LINES]}, indent=3)
    assert raw_lines(text[:-20]) == LINES[: len(raw_lines(text[:-20]))] != []


def test_records_of_the_kernel_with_fields() -> None:
    """A record of /dev/kmsg is followed by the device that it is about."""
    text = "".join(f"6,{n},0,-;{line}\n SUBSYSTEM=acpi\n" for n, line in enumerate(LINES))
    assert [line.partition(";")[2] for line in raw_lines(text)[:-1]] == LINES
    assert raw_lines("a\r\n\rb") == ["a", "b"]
