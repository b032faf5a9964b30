"""Rows as JSON keep their published schema."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import jsonschema

from srat_tool.fleet.as_value import PLAN_KEYS, row_value
from srat_tool.fleet.options import FleetOptions
from srat_tool.fleet.rows import fleet
from tests.fleet.fleets import make_fleet
from tests.support import PACKAGE

SCHEMA = json.loads((PACKAGE / "data" / "schemas" / "fleet.schema.json").read_text())


def _values(folder: Path) -> list[dict[str, Any]]:
    make_fleet(folder, machines=6, configurations=6, drifts=0, broken=1, reports=2)
    paths = [folder, PACKAGE / "data" / "examples"]
    return [row_value(row) for row in fleet(paths, FleetOptions(jobs=1))]


def test_every_row_keeps_the_schema(tmp_path: Path) -> None:
    """Machines with logs, faulty tables, windows, tiers, and none at all."""
    validator = jsonschema.Draft202012Validator(SCHEMA)
    values = _values(tmp_path)
    for value in values:
        validator.validate(json.loads(json.dumps(value)))
    assert {value["status"] for value in values} >= {"ok", "error"}
    assert any(value["verify"] for value in values)
    assert any(value["windows"] for value in values)
    bad = next(value for value in values if value["status"] == "error")
    assert all(bad[key] is None for key in PLAN_KEYS)


def test_an_unknown_or_missing_key_is_noticed(tmp_path: Path) -> None:
    """The schema is closed."""
    validator = jsonschema.Draft202012Validator(SCHEMA)
    value = next(v for v in _values(tmp_path) if v["windows"] and v["tables"])
    for key in value:
        less = copy.deepcopy(value)
        del less[key]
        assert not validator.is_valid(less), key
    for inner in (value, value["nodes"][0], value["windows"][0], value["tables"][0]):
        inner["unknown"] = 1
        assert not validator.is_valid(value)
        del inner["unknown"]
