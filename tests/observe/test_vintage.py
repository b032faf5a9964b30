"""The age of a kernel by its wording."""

from __future__ import annotations

import pytest

from srat_tool.observe.vintage import FIRST, LAST, vintage


@pytest.mark.parametrize(
    ("lines", "since", "before"),
    [
        ([], FIRST, LAST),
        (["BIOS-e820: 0000000000000000 - 000000000006c000 (usable)"], FIRST, (3, 5)),
        (["e820: BIOS-provided physical RAM map:"], (3, 5), (4, 16)),
        (
            [
                "e820: last_pfn = 0x28e0000 max_arch_pfn = 0x400000000",
                "ACPI: SRAT: Node 0 PXM 0 [mem 0x00000000-0x3fffffff] hotplug",
            ],
            (4, 8),
            (4, 16),
        ),
        (
            [
                "BIOS-e820: [mem 0x0000000000000000-0x000000000009dfff] usable",
                "last_pfn = 0x801f000 max_arch_pfn = 0x400000000",
            ],
            (4, 16),
            (7, 0),
        ),
        (["BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff]  System RAM"], (7, 0), LAST),
    ],
)
def test_wordings(lines: list[str], since: tuple[int, int], before: tuple[int, int]) -> None:
    """Each wording narrows the releases, from both sides."""
    assert vintage(lines) == (since, before)


def test_contradictions_are_not_believed() -> None:
    """A hybrid never leaves an empty choice: the first wording decides."""
    assert vintage(
        [
            "BIOS-e820: 0000000000000000 - 000000000006c000 (usable)",
            "DMI: Memory slots populated: 1/1",
        ]
    ) == (FIRST, (3, 5))
