"""What a machine calls itself: its host name, and the product and firmware that DMI names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from srat_tool.base.rawtable import RawTable
from srat_tool.base.text import identifier
from srat_tool.fleet.row import MachineIdentity
from srat_tool.sources.found import Evidence, Role
from srat_tool.tables.header import OEM_ID, OEM_TABLE_ID

# `Dell Inc. PowerEdge R815/0THJFH, BIOS 3.2.2 09/15/2014`; QEMU has no board.
_LOGGED = re.compile(
    r"(?P<machine>.{1,300}?), BIOS (?P<version>.{0,200}?) ?(?P<date>\d\d/\d\d/\d{2,4})?$"
)
_DMI_LINE = re.compile(r"\bDMI: ([^\n]{1,600})")
_HOST = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,252}")
_UNAME = re.compile(r"Linux (\S{1,255}) \d+\.\d+")
_MAX_WORDS = 200
_HEAD = 1 << 18
# Values that makers leave where a name was due.
_EMPTY = frozenset({"", "not specified", "to be filled by o.e.m.", "default string", "none"})

_SECTIONS = {"BIOS Information": "bios", "System Information": "system"}
_FIELDS = {
    ("bios", "Version"): "bios_version",
    ("bios", "Release Date"): "bios_date",
    ("system", "Manufacturer"): "vendor",
    ("system", "Product Name"): "product",
}
_FILES = {
    "sys_vendor": "vendor",
    "product_name": "product",
    "bios_version": "bios_version",
    "bios_date": "bios_date",
}


def identity_of(evidence: Iterable[Evidence], tables: Sequence[RawTable] = ()) -> MachineIdentity:
    """Return the identity in the files next to the tables; dmidecode before the kernel's log."""
    host: str | None = None
    exact: dict[str, str] = {}
    logged: dict[str, str] = {}
    for one in evidence:
        if one.role is Role.HOST_NAME:
            host = host or _host(_text(one))
        elif one.role is Role.RELEASE:
            match = _UNAME.match(_text(one))
            host = host or (match and _host(match[1])) or None
        elif one.role is Role.DMI:
            exact = {**_of_dmi(one), **exact}
        elif one.role is Role.BOOT_LOG and not logged:
            logged = _of_log(_text(one))
    return MachineIdentity(host=host, oem=_oem(tables), **{**logged, **exact})


def _oem(tables: Sequence[RawTable]) -> str | None:
    srats = [raw for raw in tables if raw.signature == b"SRAT"]
    first = next(iter((*srats, *tables)), None)
    if first is None:
        return None
    names = (identifier(first.data[part]) for part in (OEM_ID, OEM_TABLE_ID))
    return " ".join(filter(None, names)) or None


def _text(evidence: Evidence) -> str:
    return bytes(evidence.data[:_HEAD]).decode("utf-8", "replace")


def _host(text: str) -> str | None:
    match = _HOST.match(text.strip())
    return match[0] if match else None


def _of_dmi(evidence: Evidence) -> dict[str, str]:
    """Read dmidecode's output, or a file of /sys/class/dmi/id."""
    text = _text(evidence)
    name = evidence.label.rpartition("/")[2]
    if name in _FILES:
        return _named([(_FILES[name], text)])
    found: list[tuple[str, str]] = []
    section = ""
    for line in text.splitlines():
        if not line.startswith(("\t", " ")):
            section = _SECTIONS.get(line.strip(), "")
            continue
        key, colon, value = line.strip().partition(":")
        field = _FIELDS.get((section, key))
        if colon and field:
            found.append((field, value))
    return _named(found)


def _of_log(text: str) -> dict[str, str]:
    line = _DMI_LINE.search(text)
    match = _LOGGED.match(line[1].strip()) if line else None
    if match is None:
        return {}
    machine = match["machine"].partition("/")[0]
    vendor, product = _parted(machine)
    found = [("vendor", vendor), ("product", product), ("bios_version", match["version"])]
    return _named([*found, ("bios_date", match["date"] or "")])


def _parted(machine: str) -> tuple[str, str]:
    """Part maker and product: the log puts a blank between them, and some makers have two words."""
    for ending in (
        " Inc. ",
        " Inc ",
        " Corporation ",
        " Corp. ",
        " Ltd. ",
        " Co., Ltd. ",
        " GmbH ",
    ):
        before, found, after = machine.partition(ending)
        if found:
            return before + ending.rstrip(), after
    vendor, _, product = machine.partition(" ")
    return (vendor, product) if product else ("", machine)


def _named(found: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the first value of each field that names anything."""
    named: dict[str, str] = {}
    for field, value in found:
        text = value.strip()[:_MAX_WORDS]
        if text.lower() not in _EMPTY:
            named.setdefault(field, text)
    return named
