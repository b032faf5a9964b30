"""From specs to bytes."""

from __future__ import annotations

import pytest

from srat_tool.authoring.assemble import assemble, with_spec
from srat_tool.authoring.spec import parse_spec
from srat_tool.base.errors import SpecError
from srat_tool.base.rawtable import OriginKind
from srat_tool.base.span import Span
from srat_tool.grammar.registry import decode
from srat_tool.plan.machine import Machine


def build(text: str) -> bytes:
    """Return the only table of a spec."""
    (table,) = assemble(parse_spec(text, "m.toml"))
    return table.data


def test_a_sound_table_has_no_defects() -> None:
    """Length and checksum are right when nothing else is asked for."""
    assert not decode(build("[srat]\nentries = 'mem 0 0+1G'")).defects
    assert not decode(build("[slit]\nmatrix = '''\n10 20x2\n20 10 20\n20x2 10\n'''")).defects


@pytest.mark.parametrize(
    ("fault", "check"),
    [
        ("length = 40", lambda data: data[4] == 40 and len(data) == 88),
        ("checksum = 7", lambda data: data[9] == 7),
        ("size = 60", lambda data: len(data) == 60 and data[4] == 88),
        ("tail = '00*4,ff'", lambda data: data[88:] == bytes(4) + b"\xff" and data[4] == 88),
        ("reserved = 5", lambda data: data[40] == 5),
        ("table_revision = 0", lambda data: data[36] == 0),
        ("revision = 1", lambda data: data[8] == 1),
    ],
)
def test_faults_can_be_said(fault: str, check: object) -> None:
    """A wrong length, checksum or end is written as it is asked for."""
    assert callable(check)
    assert check(build(f"[srat]\n{fault}\nentries = 'mem 0 0+1G'"))


def test_any_table_can_be_said() -> None:
    """A table that we know nothing of is a signature and bytes."""
    data = build("[[table]]\nsignature = 'MCFG'\nbody = '0011,00*8'")
    assert data[:4] == b"MCFG"
    assert data[36:] == b"\0\x11" + bytes(8)
    assert sum(data) % 256 == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "[srat]\nentries = '''\nmem 0\n'''",
            "m.toml:3: wrong number of columns in 'mem 0'",
        ),
        ("[srat]\nentries = 'mem 0'", "m.toml:2: wrong number of columns"),
        ('[srat]\nentries = "mem 0"', "m.toml: [srat] entries: wrong number of columns"),
        ("[slit]\nmatrix = '''\n10 20\n'''", "m.toml:3: the matrix is not square, and localities"),
        ("[slit]\nmatrix = '256'", "m.toml:2: not a distance, got '256', expected distances from"),
        ("[[table]]\nbody = 'xx'", "m.toml:2: not bytes in hex, got 'xx'"),
        ("[srat]\nsize = 99", "m.toml: [srat]: size is larger than the table, got 99, expected"),
        ("[srat]\nlength = 99999999999", "m.toml: [srat]: a value does not fit"),
    ],
)
def test_errors_name_the_line(text: str, message: str) -> None:
    """An error contains file and line, what was found and what was expected."""
    with pytest.raises(SpecError) as caught:
        build(text)
    assert caught.value.message.startswith(message)


def test_a_spec_is_a_machine() -> None:
    """Architecture, memory map, kernel and events arrive where a plan is made of them."""
    text = "[srat]\n[memory]\nram=['0..1G']\n[kernel]\nversion='6.1'\nimage='16M+1M'\ncmdline='a b'"
    text += "\n[machine]\narch='arm64'\n[[event]]\nevent='dimm'\nrange='4G+1G'\npxm=0"
    spec = parse_spec(text, "m.toml")
    assert assemble(spec)[0].origin.kind is OriginKind.BUILT
    found = with_spec(Machine(), spec)
    assert found.arch == "aarch64"
    assert len(found.hot_events) == 1
    assert found.memory_map is not None
    assert found.kernel_image == Span(16 << 20, 17 << 20)
    assert (found.profile, found.command_line) == ("6.1", "a b")


@pytest.mark.parametrize(
    "text",
    [
        "[srat]\nentries='''\nbytes 00*134217728 x64\n'''",
        "[srat]\nentries='''\nmem 0 0+1G x1048576\n'''",
        "[slit]\nlocalities = 1\nmatrix = '''\n" + "20x1048576 " * 40 + "\n'''",
        "[srat]\nentries='''\n" + "bytes 00*20000000\n" * 2 + "'''",
        "[[srat]]\nentries = 'bytes 00*20000000'\n" * 2,
    ],
    ids=["bytes", "structures", "distances", "lines", "tables"],
)
def test_a_spec_cannot_ask_for_endless_bytes(text: str) -> None:
    """However it asks, the whole of its tables has one limit."""
    with pytest.raises(SpecError, match=r"too many bytes.*at most 32M"):
        assemble(parse_spec(text))
