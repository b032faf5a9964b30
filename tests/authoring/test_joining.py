"""Lines of a spec that differ by even steps, joined to runs."""

from __future__ import annotations

import pytest

from srat_tool.authoring.joining import join_runs
from srat_tool.authoring.languages import LANGUAGES
from srat_tool.authoring.lines import SpecLine

SRAT = LANGUAGES["srat"]


@pytest.mark.parametrize(
    "text",
    [
        "apic 0 0..14/2",
        "mem 0..7 4G+16G",
        "mem 0..7 1T+16G/64G hotplug",
        "x2apic 5 300 x3",
        "initiator 2 pci:0000:3a:00.1 architectural",
        "port 2 acpi:ACPI0016:5",
        "port 2 7:ff*16",
        "mem 1 0+0 length=12",
        "raw 77 -",
        "its 1 0",
        "rintc 0..3 0..3",
        "gicc 1 7 clock_domain=3",
    ],
)
def test_lines_read_back(text: str) -> None:
    """What was written by hand comes back as it was written."""
    data = SRAT.read(SpecLine(text, "a.toml:7"))
    size = data[1]
    chunks = [data[at : at + size] for at in range(0, len(data), size)]
    assert list(join_runs([SRAT.write(chunk)[0] for chunk in chunks])) == [text]


def test_steps_that_differ_are_not_joined() -> None:
    """Three even steps are a run; what steps otherwise stays a line of its own."""
    text = ["apic 0 0..4/2", "apic 0 9", "apic 1 10"]
    lines = ("0 0", "0 2", "0 4", "0 9", "1 10")
    chunks = [SRAT.read(SpecLine(f"apic {one}", "a.toml:7")) for one in lines]
    assert list(join_runs([SRAT.write(chunk)[0] for chunk in chunks])) == text
