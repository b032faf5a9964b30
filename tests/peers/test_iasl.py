"""Every table of the corpus, field by field, against iasl's listing of it.

A listing of iasl has a line `[offset length] name : value` for each field. Each is compared with
our field at the same place; where we keep bytes as they are, with the bytes.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import uuid
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from srat_tool.base.rawtable import Origin, RawTable
from srat_tool.grammar.registry import CODECS, decode
from srat_tool.render.inspect.hexdump import Field, fields_of
from srat_tool.render.inspect.record import Inspected
from srat_tool.tables.header import HEADER_SIZE
from tests.support import corpus_tables, needs_corpus

pytestmark = [
    pytest.mark.peer,
    pytest.mark.corpus,
    needs_corpus,
    pytest.mark.skipif(shutil.which("iasl") is None, reason="iasl is not installed"),
]

# `[02Ah 0042   2]` of 20200925, `[02Ah 0042 002h]` of later versions.
LINE = re.compile(r"\[[0-9A-F]+h (\d+) +(\d+|[0-9A-F]+h)\] +(.+?) : (.*)")
# Fields that iasl prints even of a structure that it does not know.
BEGINNING = {"type", "length"}
# What iasl prints next to a value: its meaning, or that a checksum is wrong.
GUID = re.compile(r"[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}")
BESIDE = re.compile(r"\s*(\[.*|/\*.*|\\)$")

_LOCALITY = "System Locality Latency and Bandwidth Information"
_ITS = "GIC Interrupt Translation Service"
# Disagreements that are known, and why; a row that no longer happens fails the test. They are those
# of iasl 20200925, the version that Debian 12 has; with another one only new ones count.
VERSION = "20200925"
# Of these iasl counts the places of lists from the structure, not from the table.
KEPT_WHOLE = "NFIT structure without addresses"
KNOWN = {
    "NFIT header: SMBIOS Table Entries of 32 bytes": "the place of that list, counted from 0",
    'APIC header.oem_table_id: "\\x09 APIC  ", not "  APIC  "': "iasl prints a tab as a blank",
    "CEDT CXL Host Bridge Structure: not decoded": "iasl does not know the signature",
    "CEDT CXL Fixed Memory Window Structure: not decoded": "the same",
    "CEDT CXL XOR Interleave Math Structure: not decoded": "the same",
    "CEDT RCEC Downstream Port Association Structure: not decoded": "the same",
    "CEDT CXL System Description Structure: not decoded": "the same",
    f"HMAT {_LOCALITY}.minimum_transfer_size: no such field": "the field is of ACPI 6.4",
    f"HMAT {_LOCALITY}.reserved2: no such field": "the field is of ACPI 6.4",
    f"HMAT {_LOCALITY}: Reserved1 of 2 bytes": "the two bytes as they were before ACPI 6.4",
    "APIC Core Programmable Interrupt Controller: not decoded": "the structure is of ACPI 6.5",
    f"APIC {_ITS}.flags: no such field": "the field is of ACPI 6.5",
    f"APIC {_ITS}.reserved1: no such field": "the two bytes as they are since ACPI 6.5",
    f"APIC {_ITS}: Reserved of 2 bytes": "the two bytes as they were before ACPI 6.5",
    "SRAT Generic Port Affinity: not decoded": "the structure is of ACPI 6.4",
    "SRAT RINTC Affinity: not decoded": "the structure is of ACPI 6.6",
    "SRAT GICC Affinity: not decoded": "iasl ends at a structure of length zero",
    f"SRAT {_ITS} Affinity: not decoded": "iasl ends at a structure of length zero",
}


class Theirs(NamedTuple):
    """One line of a listing."""

    start: int
    stop: int
    name: str
    value: str

    def agrees(self, data: bytes) -> bool:
        """Return whether the value is that of the bytes; of a long list, the part on the line."""
        value = BESIDE.sub("", self.value).strip()
        if value.startswith('"'):
            return data.split(b"\0")[0] == value[1:-1].replace("\\\\", "\\").encode("latin-1")
        if GUID.fullmatch(value):
            return data == uuid.UUID(value).bytes_le
        stated = bytes.fromhex(value)
        return data in (stated, stated[::-1]) or (
            self.value.endswith("\\") and data.startswith(stated)
        )


@cache
def version() -> str:
    """Return the version that iasl reports."""
    said = subprocess.run(["iasl", "-v"], capture_output=True, text=True, check=True).stdout
    return said.split("version")[1].split()[0]


def listing(path: Path, folder: Path) -> list[Theirs]:
    """Return the fields that iasl sees in a table."""
    prefix = folder / path.parent.name / path.stem
    prefix.parent.mkdir(exist_ok=True)
    subprocess.run(["iasl", "-p", prefix, "-d", path], capture_output=True, check=False)
    found = []
    target = prefix.with_suffix(".dsl")
    lines = target.read_text(errors="replace").splitlines() if target.exists() else ()
    for match in map(LINE.match, lines):
        if match:
            start, size, name, value = match.groups()
            width = int(size[:-1], 16) if size.endswith("h") else int(size)
            found.append(Theirs(int(start), int(start) + width, name.strip(), value))
    return found


class Structure(NamedTuple):
    """Our fields of one structure, or those before the first of them."""

    name: str
    fields: list[Field]


def structures(data: bytes) -> list[Structure]:
    """Return our fields by structure."""
    inspected = Inspected(RawTable(origin=Origin(path="here"), data=data), decode(data))
    found: list[Structure] = []
    for field in fields_of(inspected):
        if field.heading:
            found.append(Structure(field.heading.partition(" ")[2] or field.heading, []))
        found[-1].fields.append(field)
    return found


def disagreements(data: bytes, theirs: list[Theirs]) -> Iterator[str]:
    """Yield every difference, without its offset: as it is in the table of known ones."""
    signature = data[:4].decode("latin-1")
    left = {(line.start, line.stop): line for line in theirs}
    for structure in structures(data):
        name = f"{signature} {structure.name}"
        if name == KEPT_WHOLE:
            continue
        named = [field for field in structure.fields if field.item is not None]
        beyond = [field for field in named if field.name not in BEGINNING]
        if beyond and not any((field.start, field.stop) in left for field in beyond):
            yield f"{name}: not decoded"
            named = [field for field in named if (field.start, field.stop) in left]
        for field in named:
            line = left.pop((field.start, field.stop), None)
            if line is None:
                yield f"{name}.{field.name}: no such field"
            elif not line.agrees(as_bytes(field)):
                yield f"{name}.{field.name}: {field.value}, not {line.value}"
        yield from _elsewhere(name, data, structure, left)


def as_bytes(field: Field) -> bytes:
    """Return what we decoded as bytes again, from the value and not from the table."""
    if isinstance(field.item, int):
        return field.item.to_bytes(field.stop - field.start, "little")
    return field.item or b""


def _elsewhere(
    name: str, data: bytes, structure: Structure, left: dict[tuple[int, int], Theirs]
) -> Iterator[str]:
    """Yield their fields that we cut otherwise; where we keep bytes as they are, compare those."""
    start, stop = structure.fields[0].start, structure.fields[-1].stop
    for line in [line for line in left.values() if start <= line.start < stop]:
        ours = [f for f in structure.fields if f.start < line.stop and line.start < f.stop]
        if any(field.item is not None for field in ours):
            yield f"{name}: {line.name} of {line.stop - line.start} bytes"
        elif not line.agrees(data[line.start : line.stop]):
            yield f"{name}: {line.name} is {line.value}"


def test_all_tables_agree_field_by_field(tmp_path: Path) -> None:
    """Each field of each table that iasl knows, and no disagreement but the known ones."""
    found: dict[str, str] = {}
    compared = 0
    for path in corpus_tables():
        data = path.read_bytes()
        theirs = listing(path, tmp_path)
        if data[:4] not in CODECS:
            theirs = [line for line in theirs if line.stop <= HEADER_SIZE]
        compared += len(theirs)
        for what in disagreements(data, theirs):
            found.setdefault(what, f"{path.parent.name}/{path.name}")
    new = {what: where for what, where in found.items() if what not in KNOWN}
    assert not new
    assert compared > 10_000
    if version() == VERSION:
        assert KNOWN.keys() - found.keys() == set()
