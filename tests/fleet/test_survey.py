"""Surveying a machine: what it is, and which machines are judged together."""

from __future__ import annotations

from srat_tool.base.rawtable import Origin, OriginKind, RawTable
from srat_tool.fleet.machines import FleetMachine
from srat_tool.fleet.options import FleetOptions
from srat_tool.fleet.survey import Surveyed, survey, surveyed_of
from srat_tool.sources.found import Evidence, Found, Role
from tests.fleet.tables import Shape, boot_log, slit, srat

OPTIONS = FleetOptions()


def _found(folder: str, kind: OriginKind = OriginKind.FOLDER, *, log: str = "") -> Found:
    tables = [
        RawTable(Origin(folder, name, "", kind, name), data)
        for name, data in (("SRAT", srat(Shape())), ("SLIT", slit(Shape())))
    ]
    evidence = [Evidence(Role.HOST_NAME, f"{folder}/hostname", folder.encode(), folder)]
    if log:
        evidence.append(Evidence(Role.BOOT_LOG, f"{folder}/dmesg", log.encode(), folder))
    return Found(tables=tables, evidence=evidence)


def _survey(found: Found) -> Surveyed:
    return survey(FleetMachine("m", found), OPTIONS)[0]


def test_machines_that_differ_in_name_alone_are_judged_once() -> None:
    """Their inputs are equal values, too."""
    a, b = (survey(FleetMachine(name, _found(name)), OPTIONS) for name in ("a", "b"))
    assert a[0].key == b[0].key
    assert a[1] == b[1]
    assert a[0].identity.host == "a"


def test_what_lint_or_verify_would_see_parts_them() -> None:
    """The format of a table's file, and the parts of a log that no plan reads."""
    log = boot_log(Shape(), "h", "1", "P")
    founds = [
        _found("a"),
        _found("a", OriginKind.FIRMWARE_VOLUME),
        _found("a", log=log),
        _found("a", log=log.replace("Movable zone", "Movable  zone")),
    ]
    assert len({_survey(found).key for found in founds}) == len(founds)


def test_it_can_be_written_and_read() -> None:
    """Nothing gets lost in between."""
    one = _survey(_found("a"))._replace(errors=("x: \udc80 bad name",))
    assert surveyed_of(one.to_json()) == one


def test_nothing_has_no_key() -> None:
    """There is nothing to judge."""
    assert survey(FleetMachine("m", Found(), ("broken",)), OPTIONS)[0].key == ""
