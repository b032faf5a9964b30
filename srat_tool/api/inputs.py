"""Inputs of commands: whatever `sources` reads, and specs, which are built into tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from srat_tool.api.options import READ_DEFAULTS, ReadOptions
from srat_tool.base.errors import SourceError

if TYPE_CHECKING:
    from srat_tool.authoring.spec import Spec
    from srat_tool.sources.found import Evidence, Found

_MAX_LABELS = 6


def read_tables(paths: Sequence[str], read: ReadOptions = READ_DEFAULTS) -> Found:
    """Read tables from anywhere; those of a spec are built.

    Raises:
        SourceError: when an input cannot be read, or none holds a table.
        SpecError: when a spec is wrong.
    """
    found = gather_tables(paths, read)
    demand_table(found, paths)
    return found


def demand_table(found: Found, paths: Sequence[str]) -> None:
    """Check that inputs hold a table.

    Raises:
        NoTableError: when they do not.
    """
    from srat_tool.sources.found import NoTableError

    if not found.tables:
        raise NoTableError(" ".join(paths), found)


def gather_tables(
    paths: Sequence[str], read: ReadOptions = READ_DEFAULTS, otherwise: str | None = None
) -> Found:
    """Read as `read_tables` does, without the demand that there be a table.

    Args:
        paths: the inputs.
        read: how they are read.
        otherwise: the kind that a named file is taken as when nothing is known in it.
    """
    from srat_tool.sources.detect import gather

    with read.steps("reading") as step:
        found = gather(
            paths,
            read.budget,
            source=read.source,
            otherwise=otherwise,
            watch=step,
            casually=read.casually,
        )
    with read.bounds():
        add_built(found)
    if read.missed is not None and (found.tables or found.evidence):
        read.missed(found.missed)
    return found


def report_cut_tables(found: Found, read: ReadOptions) -> None:
    """Report the tables of a plan whose end is missing: a kernel would have read all of them.

    That of a spec is as the spec describes it.
    """
    if read.missed is None:
        return
    from srat_tool.base.rawtable import OriginKind
    from srat_tool.plan.machine import PLANNED_TABLES
    from srat_tool.sources.blob import stated_length
    from srat_tool.sources.found import Refusal

    sizes = [(raw, stated_length(raw.data) - len(raw.data)) for raw in found.tables]
    read.missed(
        [
            Refusal(raw.origin.label, f"the last {missing} bytes of the table are not there")
            for raw, missing in sizes
            if raw.signature in PLANNED_TABLES
            and missing > 0
            and raw.origin.kind is not OriginKind.BUILT
        ]
    )


def add_built(found: Found) -> None:
    """Build the tables of the specs among the evidence, and add them.

    Raises:
        SourceError: when a spec is not text.
        SpecError: when one is wrong.
    """
    for evidence, spec in specs(found):
        from srat_tool.authoring.assemble import assemble

        for table in assemble(spec):
            origin = table.origin._replace(path=evidence.path, machine=evidence.machine)
            found.tables.append(table._replace(origin=origin))


def one_machine(found: Found, paths: Sequence[str]) -> Found:
    """Return the only machine among what was found; dumps that repeat another one do not count.

    Raises:
        SourceError: when there are several.
    """
    machines, _ = _machines_and_repeats(found)
    if len(machines) > 1:
        labels = [machine.tables[0].origin.label for machine in machines]
        more = f" and {len(labels) - _MAX_LABELS} more" if len(labels) > _MAX_LABELS else ""
        raise SourceError(
            f"tables of {len(machines)} machines ({', '.join(labels[:_MAX_LABELS])}{more})",
            where=" ".join(paths),
            hint="the files of one of them, or srattool fleet for all",
        )
    return machines[0] if machines else found


def repeated_tables(found: Found) -> list[str]:
    """Return the labels of what only repeats tables of the one machine: it counts as that one."""
    return [machine.tables[0].origin.label for machine in _machines_and_repeats(found)[1]]


def _machines_and_repeats(found: Found) -> tuple[list[Found], list[Found]]:
    """Split what was found into machines, and those whose tables another one has, byte for byte.

    A table alone may be named next to the folder that it is in.
    """
    machines = without_copies([machine for machine in found.machines() if machine.tables])
    owners: dict[bytes, set[int]] = {}
    for number, machine in enumerate(machines):
        for table in _planned(machine):
            owners.setdefault(table, set()).add(number)
    parts: tuple[list[Found], list[Found]] = [], []
    for machine in machines:
        # No two machines have the same tables, so another one with all of these has more.
        having = sorted((owners[table] for table in _planned(machine)), key=len)
        parts[bool(having) and len(set.intersection(*having)) > 1].append(machine)
    return parts


def _planned(machine: Found) -> frozenset[bytes]:
    """Return the bytes of the tables that a plan uses."""
    from srat_tool.plan.machine import PLANNED_TABLES

    return frozenset(bytes(t.data) for t in machine.tables if t.signature in PLANNED_TABLES)


def without_copies(machines: list[Found]) -> list[Found]:
    """Leave out dumps that only repeat, byte for byte, what a plan takes from another one.

    Folders often hold the tables as files and as an acpidump too.
    """
    kept: dict[frozenset[bytes], Found] = {}
    for machine in machines:
        kept.setdefault(_planned(machine), machine)
    return list(kept.values())


def specs(found: Found) -> list[tuple[Evidence, Spec]]:
    """Return the specs among the evidence, parsed.

    Raises:
        SourceError: when one is not text.
        SpecError: when one is wrong.
    """
    from srat_tool.sources.found import Role

    texts = [evidence for evidence in found.evidence if evidence.role is Role.SPEC]
    return [(evidence, parse(evidence.data, evidence.label)) for evidence in texts]


def parse(data: bytes, label: str) -> Spec:
    """Parse one spec."""
    from srat_tool.authoring.spec import parse_spec

    try:
        return parse_spec(data.decode(), label)
    except UnicodeDecodeError as error:
        raise SourceError("not text", where=label, expected="a spec in TOML") from error


def read_spec(path: str) -> Spec:
    """Read the one spec that the user named; `-` is standard input.

    Raises:
        SourceError: when it cannot be read or is none.
        SpecError: when it is wrong.
    """
    from srat_tool.sources.detect import gather

    found = specs(gather([path], source="spec"))
    if len(found) != 1:
        raise SourceError("not one spec", where=path, got=f"{len(found)} of them")
    return found[0][1]
