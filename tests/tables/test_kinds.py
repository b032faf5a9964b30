"""The rows of the kinds of tables."""

from __future__ import annotations

from typing import get_args

from srat_tool.tables import srat
from srat_tool.tables.kinds import BY_SIGNATURE, KINDS, NAMES, SRAT, rows_by_class


def test_every_class_is_there() -> None:
    """A row names a class of its module, with the fields that the row names."""
    for made, row in rows_by_class().items():
        named = row.structure
        fields = made._fields
        flags = (named.flags_field,) if named.flags else ()
        assert {*named.counts, *flags} <= set(fields)
        assert all(hasattr(made, field) for field in (named.id, named.domain) if field)


def test_processors_of_the_srat_are_those_of_the_union() -> None:
    """The type checker and the rows agree about what is a processor."""
    rows = {made for made, row in rows_by_class().items() if row.kind is SRAT}
    assert rows == set(get_args(srat.KnownAffinity))
    cpus = {made for made, row in rows_by_class().items() if row.structure.is_processor}
    assert rows & cpus == set(get_args(srat.ProcessorEntry))


def test_kinds_have_signatures_of_their_own() -> None:
    """No two rows are about one signature or one module."""
    assert len(BY_SIGNATURE) == len(KINDS) == len({kind.module for kind in KINDS})


def test_files_are_named_after_every_kind() -> None:
    """The MADT goes by its signature, APIC, and by its own name."""
    assert {"MADT", "APIC", *(kind.name for kind in KINDS)} == set(NAMES)
