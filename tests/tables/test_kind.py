"""Rows of kinds."""

from __future__ import annotations

from srat_tool.tables.kind import Kind, Structure


def test_a_kind_knows_its_structures_by_type() -> None:
    """By type, and which of them are processors."""
    cpu = Structure(3, "Cpu", "cpu", "A Processor", "processor", is_processor=True)
    other = Structure(5, "Other", "other", "Another", "other")
    kind = Kind(
        signature=b"TEST",
        made="Test",
        module="test",
        fixed_size=36,
        highest_revision=1,
        revision=1,
        structures=(cpu, other),
    )
    assert kind.name == "TEST"
    assert kind.by_type == {3: cpu, 5: other}
    assert kind.processor_types == (3,)
