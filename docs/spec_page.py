"""The reference of the spec language, made from the code that reads it."""

from __future__ import annotations

from collections.abc import Iterator

from srat_tool.authoring.columns import Column, ColumnRange, Handle, Named, Numbers
from srat_tool.authoring.events import EVENT_KEYS
from srat_tool.authoring.languages import LANGUAGES
from srat_tool.authoring.lines import Form
from srat_tool.authoring.sections import SECTIONS
from srat_tool.authoring.spec import MEMORY_KEYS, Oem
from srat_tool.base.architecture import ARCHITECTURES

INTRODUCTION = f"""# The spec language

Made by `make docs` from the code that reads specs.

A spec is a TOML file that describes a machine: its ACPI tables, faults included, its memory map,
and the kernel that boots it. `srattool build` makes the tables; every command that takes tables
also takes a spec. `srattool decompile` writes tables as a spec that builds the same bytes.
`example:` alone, in place of an input, lists the specs that ship with srattool.

```toml
[machine]
name = "two-nodes"

[srat]
entries = '''
apic 0  0..3
mem  0  0+2G
mem  1  4G+2G  hotplug
'''

[memory]
ram = ["0x1000..0x9fc00", "1M..2G", "4G..6G"]

[kernel]
version = "6.12"
cmdline = "movable_node"
```

## Numbers and ranges

| written | meaning |
|---|---|
| `7`, `0x1f`, `4G` | a number; K, M, G, T, P and E are powers of 1024 |
| `4G+2G` | a range: start and size |
| `4G..6G` | a range: start and end; the end is not part of it |
| `0..3` | in a column of numbers: 0, 1, 2 and 3, one structure each |
| `0..14/2` | the same in steps of 2 |
| `4G+2G/8G` | in a column of ranges: a further range of this size every 8G |
| `0,1,4..7` | a list of numbers |
| `20*15` | in a list: fifteen times 20 |
| `-` | an empty list |
| `00ff`, `00*8` | bytes in hexadecimal; eight bytes 00 |

Text after `#` is a comment, in TOML and in the lines of a table.

## [machine]

| key | value |
|---|---|
| `name`, `title`, `why` | texts about the machine, used in messages and listings |
| `arch` | {", ".join(f"`{arch.name}`" for arch in ARCHITECTURES)}; default: from the tables |

## [memory]

The firmware's memory map. Each key is a list of ranges, such as `ram = ["1M..2G", "4G+2G"]`.

| key | value |
|---|---|
{{memory}}
| a number | ranges of the e820 type of this number |
| `mirrored` | ranges that EFI marks as mirrored |
| `hot_pluggable` | ranges that EFI marks as hot-pluggable |

## [kernel]

| key | value |
|---|---|
| `version` | release or profile, such as `"6.12"` |
| `cmdline` | the whole command line |
| `image`, `initrd` | a range: where the kernel image and the initrd are |
| `reserve` | a list of further early reservations: `"RANGE WHAT"` |
| `config` | kernel configuration: a table such as `{{ NODES_SHIFT = 6 }}` |

## [[event]]

What happens to memory after the boot, one section for each event, in order. `plan --add` takes the
same words; when it is used, it replaces the events of the spec.

```toml
[[event]]
event = "dimm"
range = "8G+1G"
pxm = 1

[[event]]
event = "remove"
id = "d0"
```

| key | value |
|---|---|
{{events}}

## [expect]

Any keys: notes of the author about the outcome. They are not evaluated.

## Tables

One section for each table; `[[NAME]]` in place of `[NAME]` when there are several of one kind. The
root table lists them in the order of the file. These keys are allowed in every section of a table:

| key | value |
|---|---|
| `revision` | revision in the header |
| `oem` | OEM ID, OEM table ID, revision, creator ID, revision; default `{{oem}}` |
| `length` | length that the header states; default: the true one |
| `checksum` | checksum that the header states; default: the right one |
| `size` | cut the file to this many bytes |
| `tail` | bytes after the end of the table |

A key that is wrong on purpose makes a faulty table: `length`, `checksum` and `size` are written as
they are.
"""

LINES = """## Lines

Each line of a table is one structure, or several of them when a column is a run:

    WORD COLUMN... [FLAG...] [FIELD=VALUE...] [xN]

Columns are required and have the order that is shown. Flags are words. Any other field of the
structure is written `FIELD=VALUE`; without it the field has its default, which is 0 unless stated.
`length` is the true length of the structure unless it is written. `xN` repeats the line N times.
Two words exist in every table:

| line | meaning |
|---|---|
| `raw TYPE HEX` | a structure of any type with this payload; its length is right |
| `bytes HEX` | bytes that need not be a structure |
"""

_SLIT = """Each line of `matrix` is one row of distances, separated by spaces: `10 21`.
"""
_BODY = """`signature` is required. `body` has lines of bytes in hexadecimal: all after the header.
"""


def spec_page() -> str:
    """Return the page."""
    memory = "\n".join(f"| `{key}` | ranges of e820 type {value} |" for key, value in _types())
    oem = Oem()
    values = ", ".join(repr(_plain(value)) for value in oem).replace("'", '"')
    events = "\n".join(f"| `{key}` | {what} |" for key, what in EVENT_KEYS.items())
    head = INTRODUCTION.replace("{memory}", memory).replace("{oem}", f"[{values}]")
    head = head.replace("{events}", events)
    return "\n".join([head, LINES, *_sections()])


def _types() -> Iterator[tuple[str, int]]:
    yield from MEMORY_KEYS.items()


def _plain(value: bytes | int) -> str | int:
    return value.decode("latin-1") if isinstance(value, bytes) else value


def _sections() -> Iterator[str]:
    for name, section in SECTIONS.items():
        what = section.signature.decode("latin-1") or "any table"
        yield f"## [{name}]\n\n{what}, lines in `{section.text}`, revision {section.revision}.\n"
        if section.norm:
            yield "| key | default |\n|---|---|"
            for key, value in section.norm.items():
                default = "from the lines" if value is None else _number(value)
                yield f"| `{key}` | {default} |"
            yield ""
        if name in LANGUAGES:
            yield from (_form(form) for form in LANGUAGES[name].forms)
        else:
            yield _SLIT if section.text == "matrix" else _BODY


def _form(form: Form) -> str:
    columns = "; ".join(f"{column.what}: {_column(column)}" for column in form.columns)
    parts = [f"### {form.word}", f"    {form.usage}", f"Type {form.type}. {columns}."]
    if form.words:
        parts.append(
            f"Flags in `{form.flags}`: {', '.join(_flag(*flag) for flag in form.words.items())}."
        )
    shown = {"type", "length", form.flags if form.words else ""}
    shown |= {name for column in form.columns for name in column.fields}
    norm = form.complete({})
    rest = [
        f"`{name}`" + (f" (default {_number(norm[name])})" if form.norm.get(name) else "")
        for name in form.layout.fields
        if name not in shown
    ]
    if rest:
        parts.append(f"Fields: {', '.join(rest)}.")
    return "\n\n".join(parts) + "\n"


def _column(column: Column) -> str:
    fields = " and ".join(f"`{name}`" for name in column.fields)
    if isinstance(column, Named):
        return f"{fields}, one of {', '.join(f'`{name}`' for name in column.names)}"
    if isinstance(column, Handle):
        return "`pci:0000:3a:00.0`, `acpi:ACPI0016:5` or `TYPE:HEX`"
    if isinstance(column, ColumnRange):
        return f"a range, {fields}"
    return f"a list, {fields}" if isinstance(column, Numbers) else fields


def _flag(word: str, mask: int) -> str:
    if mask < 0:
        return f"`{word}` (clears bit {(-mask).bit_length() - 1})"
    return f"`{word}` (bit {mask.bit_length() - 1})"


def _number(value: int) -> str:
    return str(value) if value < 256 else hex(value)
