"""Fingerprints: what makes machines equal at each level, and what does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from srat_tool.base.rawtable import Origin, RawTable
from srat_tool.fleet.fingerprint import (
    input_fingerprint,
    raw_fingerprint,
    table_digests,
    topology_fingerprint,
)
from srat_tool.plan.machine import Machine
from tests.fleet.fleets import DRIFTS, drifted
from tests.fleet.tables import Shape, memory_map, raw_tables, slit, srat


def _raw(*tables: bytes) -> list[RawTable]:
    return [RawTable(Origin(path="x"), data) for data in tables]


def test_digests_are_those_of_the_bytes() -> None:
    """As `md5sum` and osquery have them."""
    (one,) = table_digests(_raw(b"SRATx"))
    assert one.signature == "SRAT"
    assert one.bytes == 5
    assert one.md5 == "9b67ca9b85be90f4bf28c21790795ff0"
    assert one.sha256 == ("1b9cdf5d479f41365f867e7c20eb6aea393765cbdd7849549cc10026244181e7")


def test_the_raw_level_is_every_byte_in_any_order() -> None:
    """No tables have no fingerprint."""
    a, b = table_digests(_raw(srat(Shape()), slit(Shape())))
    assert raw_fingerprint([a, b]) == raw_fingerprint([b, a]) != raw_fingerprint([a])
    assert raw_fingerprint([]) == topology_fingerprint([]) == ""


def test_topology_ignores_oem_revision_checksum_and_order() -> None:
    """All of them are other bytes."""
    plain = srat(Shape())
    wrong = bytearray(plain)
    wrong[9] ^= 0xFF
    others = [srat(Shape(), oem_revision=7), srat(Shape(), backwards=True), bytes(wrong)]
    for other in others:
        assert other != plain
        assert topology_fingerprint(_raw(other)) == topology_fingerprint(_raw(plain))


def test_topology_ignores_addresses() -> None:
    """The same sizes elsewhere."""
    moved = bytearray(srat(Shape()))
    at = moved.rindex((10 << 30).to_bytes(8, "little"))
    moved[at : at + 8] = (20 << 30).to_bytes(8, "little")
    assert topology_fingerprint(_raw(bytes(moved))) == topology_fingerprint(_raw(srat(Shape())))


@pytest.mark.parametrize("what", DRIFTS)
def test_topology_shows_every_drift(what: str) -> None:
    """Sizes, distances, flags, processors."""
    before, after = Shape(), drifted(Shape(), what)
    assert topology_fingerprint(raw_tables(before)) != topology_fingerprint(raw_tables(after))


def test_the_input_level_is_all_that_a_plan_reads() -> None:
    """Tables that no plan reads are left out, facts of the boot are in."""
    machine = Machine(tables=tuple(raw_tables(Shape())))
    more = replace(machine, tables=(*machine.tables, *_raw(b"SSDT" + slit(Shape())[4:])))
    assert input_fingerprint(more) == input_fingerprint(machine)
    for other in (
        replace(machine, memory_map=memory_map(Shape())),
        replace(machine, command_line="movable_node"),
        replace(machine, profile="6.1"),
        replace(machine, tables=machine.tables[:1]),
    ):
        assert input_fingerprint(other) != input_fingerprint(machine)
