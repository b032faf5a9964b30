"""What the tables of a machine add to the settings."""

from __future__ import annotations

import pytest

from tests.lint.lab import machine, srat_spec, table_spec


@pytest.mark.parametrize(
    ("spec", "name"),
    [
        (srat_spec("apic 0 0\nmem 0 0+4G"), "x86_64"),
        (srat_spec("gicc 0 0\nmem 0 0+4G"), "aarch64"),
        (srat_spec("rintc 0 0\nmem 0 0+4G"), "riscv64"),
    ],
)
def test_the_architecture_is_that_of_the_processors(spec: str, name: str) -> None:
    """Each view has the same settings as the machine."""
    found = machine(spec)
    assert found.settings.architecture == name
    assert all(table.settings is found.settings for table in found.tables)


def test_local_sapics_give_ids_a_second_part() -> None:
    """The MADT shows it, and the SRAT's ids follow."""
    spec = srat_spec("apic 0 1\nmem 0 0+4G")
    assert not machine(spec + table_spec("madt", "lapic 0 1")).settings.has_sapic
    sapic = table_spec("madt", "raw 7 000100000000000001000000")
    assert machine(spec + sapic).settings.has_sapic
