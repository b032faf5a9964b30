"""The formats of a plan agree with each other, for every example and policy."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from srat_tool.sources.examples import example_files
from tests.golden.goldens import said

POLICIES = ((), ("--movable-node",), ("--movablecore=acpi",))
CASES = [(name, policy) for name in example_files() for policy in POLICIES]

_RANGE = re.compile(r"0x([0-9a-f]+)-0x([0-9a-f]+)")


def _plan(name: str, policy: tuple[str, ...], *form: str) -> str:
    return said(("plan", f"example:{name}", *policy, *form))


@pytest.mark.parametrize(("name", "policy"), CASES, ids=str)
def test_text_and_json_agree(name: str, policy: tuple[str, ...]) -> None:
    """Each hot-pluggable range, verdict, node and log line of the JSON is in the text."""
    document = _plan(name, policy, "--format", "json")
    if document.endswith("exit status 2\n"):
        assert policy == ("--movablecore=acpi",)
        return
    value: dict[str, Any] = json.loads(document)
    text = _plan(name, policy, "--width", "200", "--details")
    shown = {(int(a, 16), int(b, 16) + 1) for a, b in _RANGE.findall(text)}
    for entry in value["hotpluggable"]:
        assert (entry["start"], entry["end"]) in shown or entry["start"] >= entry["end"]
        assert entry["verdict"] in text
    for node in value["numa"]["nodes"]:
        assert re.search(rf"\b(node ?)?{node['nid']}\b", text)
    lines = _plan(name, policy, "--format", "dmesg").splitlines()
    assert lines[: len(value["log"])] == value["log"]
    # A boot that dies ends in the panic, which is no line of the plan.
    assert len(lines) == len(value["log"]) or value["crash"]
