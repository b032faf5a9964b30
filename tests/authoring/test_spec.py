"""Specs as TOML."""

from __future__ import annotations

import pytest

from srat_tool.authoring.spec import parse_spec
from srat_tool.base.errors import SpecError
from srat_tool.base.span import Span
from srat_tool.tables.memmap import MemoryType

WHOLE = """
[machine]
name = "m"
arch = "aarch64"
[srat]
oem = ["AB", "CD", 7]
length = 99
entries = '''
# a comment
mem 0 0+1G  # another

mem 1 1G+1G
'''
[memory]
ram = ["1M..2G"]
reserved = ["0+4K"]
mirrored = ["1G..2G"]
[kernel]
version = "6.1"
image = "16M+40M"
cmdline = ""
reserve = ["4K+4K what it is"]
config = { NODES_SHIFT = 6 }
"""


def test_everything_is_typed() -> None:
    """Every section arrives in its type, ranges half open."""
    spec = parse_spec(WHOLE, "m.toml")
    table = spec.tables[0]
    assert (spec.name, spec.arch) == ("m", "aarch64")
    assert (table.oem.oem_id, table.oem.oem_table_id) == (b"AB\0\0\0\0", b"CD\0\0\0\0\0\0")
    assert (table.oem.oem_revision, table.length) == (7, 99)
    assert [(line.text, line.where) for line in table.lines] == [
        ("mem 0 0+1G", "m.toml:10"),
        ("mem 1 1G+1G", "m.toml:12"),
    ]
    assert spec.memory is not None
    assert [entry.type for entry in spec.memory.entries] == [MemoryType.RESERVED, MemoryType.RAM]
    assert spec.memory.mirrored == (Span(1 << 30, 2 << 30),)
    assert spec.kernel.image == Span(16 << 20, 56 << 20)
    assert spec.kernel.cmdline == ""
    assert spec.kernel.reserve[0].what == "what it is"
    assert spec.kernel.config == {"NODES_SHIFT": "6"}


def test_several_tables_of_a_kind() -> None:
    """An array of sections is several tables with one signature."""
    spec = parse_spec("[[srat]]\n[[srat]]\nrevision = 1\n")
    assert [table.revision for table in spec.tables] == [3, 1]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x", "m.toml: not TOML: "),
        ("[sart]", "m.toml: unknown section, got [sart], expected one of machine, "),
        ("[srat]\nrevisoin = 3", "m.toml: [srat] revisoin: unknown key, expected one of revision"),
        ("[srat]\nrevision = []", "m.toml: [srat] revision: wrong kind of value, got []"),
        ("[srat]\noem = [1]", "m.toml: [srat] oem: wrong text, got 1, expected at most 6 bytes"),
        ("[srat]\noem = ['A', 'B', 'C']", "m.toml: [srat] oem: wrong revision, got 'C'"),
        ("[srat]\ntail = 'x'", "m.toml: [srat] tail: not bytes in hex, got 'x'"),
        ("srat = 3", "m.toml: not a section, got [srat], expected keys with values"),
        ("[memory]\nram = ['1G']", "m.toml: [memory] ram: not a range, got '1G', expected 4G+30G"),
        ("[memory]\nrma = []", "m.toml: [memory] rma: unknown key, expected one of ram, "),
        ("[memory]\nram = [1]", "m.toml: [memory] ram: wrong kind of value, got [1]"),
        (
            "[machine]\narch = 'vax'",
            "m.toml: [machine] arch: this architecture is not modelled, got vax, expected one of",
        ),
        ("[kernel]\nimage = 5", "m.toml: [kernel] image: wrong kind of value, got 5"),
        ("[[table]]\nsignature = 'LONGER'", "m.toml: [[table]] 1 signature: wrong text"),
    ],
)
def test_errors_name_the_key(text: str, message: str) -> None:
    """An error contains file, section and key, what was found and what was expected."""
    with pytest.raises(SpecError) as caught:
        parse_spec(text, "m.toml")
    assert caught.value.message.startswith(message)
