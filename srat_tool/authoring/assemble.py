"""From a spec to the bytes of its tables, and to the machine to plan.

Lengths and checksums are right unless the spec sets them.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator
from dataclasses import replace

from srat_tool.authoring.languages import LANGUAGES, infer_fixed
from srat_tool.authoring.lines import SpecLine
from srat_tool.authoring.runs import MAX_PER_LINE, demand_room, gathered, read_hex, read_number
from srat_tool.authoring.sections import SECTIONS
from srat_tool.authoring.spec import Spec, TableSpec
from srat_tool.base.errors import SpecError
from srat_tool.base.rawtable import Origin, OriginKind, RawTable
from srat_tool.grammar.header import encode_header
from srat_tool.plan.machine import Machine
from srat_tool.tables.header import CHECKSUM_OFFSET, HEADER_SIZE, Header

_CELL = re.compile(r"(\w+?)(?:x(\d{1,9}))?")


def assemble(spec: Spec) -> tuple[RawTable, ...]:
    """Return the tables of a spec; those of one spec belong to one machine.

    Raises:
        SpecError: when a line cannot be understood or a value does not fit.
    """
    tables: list[RawTable] = []
    size = 0
    for table in spec.tables:
        origin = Origin(
            path=spec.where,
            inner=table.signature.rstrip(b"\0").decode("latin-1"),
            machine=spec.where,
            kind=OriginKind.BUILT,
        )
        data = table_bytes(table)
        size += len(data)
        demand_room(size)
        tables.append(RawTable(origin=origin, data=data))
    return tuple(tables)


def with_spec(machine: Machine, spec: Spec) -> Machine:
    """Return a machine with everything that a spec sets about its boot, the tables excepted."""
    kernel = spec.kernel
    return replace(
        machine,
        arch=spec.arch,
        memory_map=spec.memory,
        reservations=kernel.reserve,
        kernel_image=kernel.image,
        initrd=kernel.initrd,
        command_line=kernel.cmdline,
        profile=kernel.version,
        config=dict(kernel.config),
        hot_events=spec.events,
    )


def table_bytes(table: TableSpec) -> bytes:
    """Return the bytes of one table.

    Raises:
        SpecError: when a line cannot be understood or a value does not fit.
    """
    try:
        whole = _whole(table)
    except (struct.error, OverflowError) as error:
        raise SpecError(f"a value does not fit: {error}", where=table.where) from error
    if table.size is None:
        return whole
    if table.size > len(whole):
        raise SpecError(
            "size is larger than the table",
            where=table.where,
            got=table.size,
            expected=f"at most {len(whole)}, or a tail",
        )
    return whole[: table.size]


def _whole(table: TableSpec) -> bytes:
    body = _BODIES[table.section](table)
    true_length = HEADER_SIZE + len(body)
    header = Header(
        signature=table.signature,
        length=true_length if table.length is None else table.length,
        revision=table.revision,
        checksum=0,
        oem_id=table.oem.oem_id,
        oem_table_id=table.oem.oem_table_id,
        oem_revision=table.oem.oem_revision,
        creator_id=table.oem.creator_id,
        creator_revision=table.oem.creator_revision,
    )
    whole = bytearray(encode_header(header) + body + table.tail)
    stated = table.checksum
    whole[CHECKSUM_OFFSET] = (
        -sum(whole[: header.length]) & 0xFF if stated is None else stated & 0xFF
    )
    return bytes(whole)


def _fixed(table: TableSpec, **inferred: int) -> bytes:
    """Return what is between the header and the lines; `inferred` fills what was not set."""
    given = {name: value for name, value in table.fields.items() if value is not None}
    return SECTIONS[table.section].encode_fixed(inferred | given)


def _entries(table: TableSpec) -> bytes:
    language = LANGUAGES[table.section]
    body = gathered(language.read(line) for line in table.lines)
    return _fixed(table, **infer_fixed(table.section, body)) + body


def _slit(table: TableSpec) -> bytes:
    rows: list[bytes] = []
    cells = gathered(_kept(rows, table.lines))
    if table.fields["localities"] is None and any(len(row) != len(rows) for row in rows):
        raise SpecError(
            "the matrix is not square, and localities is not set",
            where=table.lines[0].where,
            got=f"{len(rows)} rows of {', '.join(str(len(row)) for row in rows[:8])}",
            expected="as many values in each row",
        )
    return _fixed(table, localities=len(rows)) + cells


def _kept(rows: list[bytes], lines: tuple[SpecLine, ...]) -> Iterator[bytes]:
    for line in lines:
        rows.append(_row(line))
        yield rows[-1]


def _row(line: SpecLine) -> bytes:
    cells = bytearray()
    known: dict[str, bytes] = {}  # a row of many nodes has few different distances
    for token in line.text.split():
        piece = known.get(token)
        if piece is None:
            value, times = _cell(token, line.where)
            demand_room(len(cells) + times)
            piece = known[token] = bytes((value,)) * times
        cells += piece
        demand_room(len(cells))
    return bytes(cells)


def _cell(token: str, where: str) -> tuple[int, int]:
    """Return a distance, and how many of it."""
    match = _CELL.fullmatch(token)
    value, times = (read_number(match[1]), read_number(match[2] or "1")) if match else (256, 1)
    if value > 0xFF or times > MAX_PER_LINE:
        expected = "distances from 0 to 255, 20x15 for fifteen of them"
        raise SpecError("not a distance", where=where, got=repr(token), expected=expected)
    return value, times


def _body(table: TableSpec) -> bytes:
    data = bytearray()
    for line in table.lines:
        try:
            data += read_hex(line.text)
        except SpecError as error:
            raise SpecError(
                error.what, where=line.where, got=error.got, expected=error.expected
            ) from error
    return bytes(data)


_BODIES: dict[str, Callable[[TableSpec], bytes]] = {
    **dict.fromkeys(LANGUAGES, _entries),
    "slit": _slit,
    "table": _body,
}
