"""The first step for a machine: read it, identify it, and look for an equal one."""

from __future__ import annotations

import hashlib
import json
from typing import NamedTuple

from srat_tool.api.machine import with_evidence, with_options
from srat_tool.base.errors import SratToolError
from srat_tool.fleet.fingerprint import (
    input_fingerprint,
    raw_fingerprint,
    table_digests,
    topology_fingerprint,
)
from srat_tool.fleet.identity import identity_of
from srat_tool.fleet.machines import FleetMachine, neutral
from srat_tool.fleet.options import FleetOptions
from srat_tool.fleet.row import Fingerprints, MachineIdentity, TableDigest
from srat_tool.plan.machine import Machine
from srat_tool.sources.found import Found, Role

# What `verify` compares with; of these a plan reads only a part.
_ANSWERS = frozenset({Role.BOOT_LOG, Role.ZONEINFO, Role.NODE_FILE, Role.NODES, Role.IOMEM})


class Surveyed(NamedTuple):
    """What is known of a machine before it is planned.

    Attributes:
        path: its name in the fleet.
        identity: what it calls itself.
        tables: its tables.
        fingerprints: at three levels.
        key: equal for machines of which everything else is equal; empty where there is no machine.
        errors: what could not be read.
    """

    path: str
    identity: MachineIdentity
    tables: tuple[TableDigest, ...]
    fingerprints: Fingerprints
    key: str
    errors: tuple[str, ...]

    def to_json(self) -> str:
        """Return it as text that `surveyed_of` reads."""
        return json.dumps(self)


def surveyed_of(text: str) -> Surveyed:
    """Read what `Surveyed.to_json` wrote."""
    path, identity, tables, fingerprints, key, errors = json.loads(text)
    return Surveyed(
        path,
        MachineIdentity(*identity),
        tuple(TableDigest(*one) for one in tables),
        Fingerprints(*fingerprints),
        key,
        tuple(errors),
    )


def survey(machine: FleetMachine, options: FleetOptions) -> tuple[Surveyed, Found]:
    """Return what is known of a machine, and the neutral inputs that it can be judged from."""
    found = machine.found
    inputs = neutral(found)
    digests = table_digests(found.tables)
    errors = list(machine.errors)
    facts = ""
    if found.tables or found.evidence:
        try:
            facts = input_fingerprint(machine_of_inputs(inputs, options))
        except SratToolError as error:
            errors.append(error.message)
    prints = Fingerprints(raw_fingerprint(digests), topology_fingerprint(found.tables), facts)
    key = _key(inputs, digests, facts) if facts else ""
    known = identity_of(found.evidence, found.tables)
    return Surveyed(machine.path, known, digests, prints, key, tuple(errors)), inputs


def machine_of_inputs(inputs: Found, options: FleetOptions) -> Machine:
    """Return the machine that is planned.

    Raises:
        SratToolError: when a file next to the tables is wrong, or an option is.
    """
    machine = with_evidence(Machine(tables=tuple(inputs.tables)), inputs)
    return with_options(machine, options.plan)


def _key(inputs: Found, digests: tuple[TableDigest, ...], facts: str) -> str:
    """Return a digest of all that a judgement reads: names and kinds of tables matter to lint."""
    whole = hashlib.sha256(facts.encode())
    for raw, digest in zip(inputs.tables, digests, strict=True):
        origin = raw.origin
        words = f"{origin.inner}\0{origin.kind.name}\0{raw.offset}\0{digest.sha256}\0"
        whole.update(words.encode("utf-8", "surrogateescape"))
    for one in inputs.evidence:
        if one.role in _ANSWERS:
            whole.update(f"{one.role.name}\0{one.label}\0".encode("utf-8", "surrogateescape"))
            whole.update(hashlib.sha256(one.data).digest())
    return whole.hexdigest()
