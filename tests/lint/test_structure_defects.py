"""Whatever `inspect` calls malformed, lint finds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from srat_tool.authoring.assemble import assemble
from srat_tool.authoring.spec import parse_spec
from srat_tool.base.rawtable import Origin, RawTable
from srat_tool.grammar.registry import decode
from srat_tool.lint.engine import judge
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.selection import Selection
from srat_tool.lint.settings import Settings
from srat_tool.tables.kinds import KINDS
from tests.lint.lab import table_spec

SOUND = {
    "srat": "apic 0 0\nmem 0 0+4G\nx2apic 0 300\nits 0 1\ninitiator 1 pci:0000:3a:00.0",
    "hmat": "memory 0 0\nlocality access-latency 0 0 10\ncache 0 1G",
    "msct": "domains 0 0 4 4G\ndomains 1 1 4 4G",
    "cedt": "bridge 0 0x10000000+64K\nwindow 4G+4G 0 volatile type3\nxor 0 1,2",
    "madt": "lapic 0 0\nx2apic 1 300\nraw 1 00000000c0fe00000000\ngicc 3 3",
    "pptt": "node 0 0 package\nnode 36 0 valid-id leaf resources=80\ncache 0 32K",
    "slit": "10 21 21\n21 10 21\n21 21 10",
    "nfit": "range 0 base_address=4G range_length=4G\nraw 1 0000",
}


def _bytes(name: str) -> bytes:
    text = table_spec(name, SOUND[name])
    if name == "slit":
        text = text.replace("entries", "matrix")
    (table,) = assemble(parse_spec(text, "example"))
    return table.data


REACH = 24
"""How far from the beginning of a structure its length or type can be."""
STRUCTURAL = {
    *("ACPI001", "ACPI002", "ACPI003", "ACPI004", "ACPI005"),
    *(f"SRAT00{number}" for number in range(1, 8)),
    *("SLIT001", "SLIT002", "SLIT003", "HMAT001", "HMAT002", "HMAT003", "HMAT004", "HMAT005"),
    *("HMAT006", "MSCT001", "MSCT002", "CEDT001", "CEDT022", "MADT001", "MADT002"),
    *("PPTT001", "PPTT002", "NFIT001", "NFIT007", "SLIT017"),
}
"""The rules about lengths, ends and types."""
AT = st.one_of(st.integers(36, 60), st.integers(36, 250))
"""Which byte is changed; the fixed parts and first structures more often."""
TABLES = {name: _bytes(name) for name in SOUND}


@pytest.mark.parametrize("name", list(SOUND))
def test_sound_tables_have_no_defects(name: str) -> None:
    """Otherwise the test below would prove nothing."""
    assert decode(TABLES[name]).defects == ()


def test_every_kind_with_rules_is_tried() -> None:
    """A kind of table that is added has to be damaged here, too."""
    assert {decode(data).table.header.signature.decode() for data in TABLES.values()} == {
        kind.name for kind in KINDS
    }


@settings(max_examples=400, deadline=None, derandomize=True)
@given(
    name=st.sampled_from(sorted(SOUND)),
    places=st.lists(
        st.tuples(AT, st.integers(0, 255)),
        max_size=3,
    ),
    cut=st.integers(0, 30),
)
def test_each_structural_defect_is_a_finding(
    name: str, places: list[tuple[int, int]], cut: int
) -> None:
    """Bytes are changed and cut anywhere: what inspect calls a defect, lint finds in its place."""
    data = bytearray(TABLES[name])
    for at, value in places:
        if at < len(data):
            data[at] = value
    if cut:
        data = data[: max(44, len(data) - cut)]
        data[4:8] = len(data).to_bytes(4, "little")
    data[9] = (data[9] - sum(data)) & 0xFF
    defects = decode(bytes(data)).defects
    findings = judge(LintMachine([RawTable(Origin("here"), bytes(data))], Settings()), Selection())
    if not defects:
        return
    # After a wrong length the walk is out of step: the first defect is the one to be found.
    first = min(defects, key=lambda defect: defect.offset)
    assert any(
        finding.offset is None or abs(finding.offset - first.offset) < REACH
        for finding in findings
        if finding.id in STRUCTURAL
    ), (first, [(finding.id, finding.offset) for finding in findings])
