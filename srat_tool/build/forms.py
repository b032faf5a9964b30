"""How the structures of each table are written in a spec: one `Language` per kind of table."""

from __future__ import annotations

import re
from dataclasses import dataclass

from srat_tool.base.errors import SpecError
from srat_tool.build.columns import Column, Fields, Number, Range, SplitNumber
from srat_tool.build.lines import Form, Language
from srat_tool.build.runs import Run, read_hex, read_number, write_hex
from srat_tool.grammar.srat import AFFINITIES

_PCI = re.compile(r"pci:([0-9a-f]{4}):([0-9a-f]{2}):([0-9a-f]{2})\.([0-7])")
_OFF = {"off": -1}


@dataclass(frozen=True, slots=True)
class Handle:
    """The device handle of a generic initiator or port.

    `pci:0000:3a:00.0`, `acpi:ACPI0016:5` (hardware and unique id), or `TYPE:HEX` for anything else.
    """

    what: str = "device"
    fields: tuple[str, ...] = ("device_handle_type", "device_handle")

    def read(self, token: str) -> Run:
        """Read one of the three spellings."""
        if match := _PCI.fullmatch(token):
            segment, bus, device, function = (int(part, 16) for part in match.groups())
            raw = segment.to_bytes(2, "little") + bytes((bus, device << 3 & 0xFF | function))
            return _handle(1, raw)
        kind, colon, rest = token.partition(":")
        if kind == "acpi" and len(rest) > 8 and rest[8] == ":":
            hid, uid = rest[:8].encode("ascii", "replace"), read_number(rest[9:])
            return _handle(0, hid + (uid & 0xFFFFFFFF).to_bytes(4, "little"))
        if not colon or not kind.isdecimal():
            expected = "pci:0000:3a:00.0, acpi:ACPI0016:5 or TYPE:HEX"
            raise SpecError("not a device handle", got=repr(token), expected=expected)
        return _handle(read_number(kind), read_hex(rest))

    def write(self, run: Run) -> str:
        """Write the most telling spelling that reads back to the same bytes."""
        kind, number = run.first
        raw = (number).to_bytes(16, "little")
        for text in (_as_pci(raw), _as_acpi(raw)):
            if text and self.read(text).first == run.first:
                return text
        return f"{kind}:{write_hex(raw)}"

    def put(self, values: tuple[int, ...]) -> Fields:
        """Return both fields."""
        return dict(zip(self.fields, (values[0], values[1].to_bytes(16, "little")), strict=True))

    def take(self, fields: Fields) -> tuple[int, ...]:
        """Return both as numbers."""
        return (fields[self.fields[0]], int.from_bytes(fields[self.fields[1]], "little"))


def _handle(kind: int, raw: bytes) -> Run:
    if len(raw) > 16:
        raise SpecError("device handle has the wrong size", got=len(raw), expected="16 bytes")
    return Run((kind, int.from_bytes(raw, "little")), (0, 0))


def _as_pci(raw: bytes) -> str:
    segment = int.from_bytes(raw[:2], "little")
    return f"pci:{segment:04x}:{raw[2]:02x}:{raw[3] >> 3:02x}.{raw[3] & 7}"


def _as_acpi(raw: bytes) -> str:
    hid = raw[:8].decode("latin-1")
    if not all("!" <= letter <= "~" and letter not in "=#'" for letter in hid):
        return ""
    return f"acpi:{hid}:{int.from_bytes(raw[8:12], 'little')}"


def _processor(word: str, kind: int, *columns: Column) -> Form:
    layout = AFFINITIES.layouts[kind]
    return Form(word=word, type=kind, layout=layout, columns=columns, norm={"flags": 1}, words=_OFF)


_DOMAIN = Number("domain", "proximity_domain")

SRAT = Language(
    _processor(
        "apic",
        0,
        SplitNumber("domain", "proximity_domain_low", "proximity_domain_high", 3),
        Number("id", "apic_id"),
    ),
    Form(
        word="mem",
        type=1,
        layout=AFFINITIES.layouts[1],
        columns=(_DOMAIN, Range("range", "base_address", "range_length")),
        norm={"flags": 1},
        words={"hotplug": 2, "nonvolatile": 4, "special": 8, **_OFF},
    ),
    _processor("x2apic", 2, _DOMAIN, Number("id", "x2apic_id")),
    _processor("gicc", 3, _DOMAIN, Number("uid", "acpi_processor_uid")),
    Form(
        word="its",
        type=4,
        layout=AFFINITIES.layouts[4],
        columns=(_DOMAIN, Number("id", "its_id")),
    ),
    *(
        Form(
            word=word,
            type=kind,
            layout=AFFINITIES.layouts[kind],
            columns=(_DOMAIN, Handle()),
            norm={"flags": 1},
            words={"architectural": 2, **_OFF},
        )
        for word, kind in (("initiator", 5), ("port", 6))
    ),
    _processor("rintc", 7, _DOMAIN, Number("uid", "acpi_processor_uid")),
)
