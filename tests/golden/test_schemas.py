"""Every JSON form keeps its published schema, and no schema lets an unknown key pass."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from srat_tool.sources.examples import example_files
from tests.golden.boots import RECORDS
from tests.golden.goldens import answer
from tests.support import PACKAGE

FOLDER = PACKAGE / "data" / "schemas"
SCHEMAS = {
    path.name.removesuffix(".schema.json"): json.loads(path.read_text())
    for path in sorted(FOLDER.glob("*.json"))
}
EXAMPLES = list(example_files())
POLICIES = ((), ("--movable-node",), ("--movablecore=acpi",))
# Objects whose keys are not ours: boot options, and fingerprints of findings.
FREE = ("options", "known")

# Objects that may be empty: a table without fixed fields.
OPTIONAL = ".fields"


def _command(form: str, example: str) -> tuple[str, ...]:
    """Return the command line that writes a form about an example."""
    name = f"example:{example}"
    return {
        "plan": ("plan", name),
        "blocks": ("plan", "--blocks", name),
        "why": ("why", "node0", name),
        "overview": ("advise", name),
        "dimm-windows": ("advise", "--dimm=8G,pxm=1", name),
        "tier-advice": ("advise", "--tier=0", name),
        "policies": ("plan", "--compare", name),
        "explain": ("plan", "--explain=node0", name),
        "walk": ("plan", "--movablecore=acpi", "--explain", name),
        "advice": ("advise", "--removable", "1", name),
        "diff": ("diff", name, "example:two-sockets-removable-riser"),
        "inspect": ("inspect", name),
        "listing": ("extract", "--list", name),
        "lint": ("lint", "--show", "info", name),
        "verdicts": ("lint", "--verdicts", name),
        "kernels": ("kernels", "--kernel", "5.15.0-105-generic"),
    }[form]


def _document(words: tuple[str, ...]) -> dict[str, Any] | None:
    """Return what a command writes; None when it refuses this machine."""
    status, text = answer((*words, "--format", "json"))
    if status == 2 and not text:
        return None
    document: dict[str, Any] = json.loads(text)
    return document


def _validate(form: str, document: object) -> None:
    jsonschema.Draft202012Validator(SCHEMAS[form]).validate(document)


FORMS = (
    "plan",
    "blocks",
    "why",
    "overview",
    "dimm-windows",
    "tier-advice",
    "policies",
    "explain",
    "walk",
    "advice",
    "diff",
    "inspect",
    "listing",
    "lint",
    "verdicts",
    "kernels",
)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("example", EXAMPLES)
def test_answers_about_examples_keep_the_schema(form: str, example: str) -> None:
    """Whatever a command prints about a machine of the library is as published."""
    document = _document(_command(form, example))
    if document is not None:
        _validate(form, document)


@pytest.mark.parametrize("policy", POLICIES, ids=" ".join)
@pytest.mark.parametrize("example", EXAMPLES)
def test_plans_of_all_policies_keep_the_schema(example: str, policy: tuple[str, ...]) -> None:
    """The 2013 series fills parts that are empty elsewhere."""
    document = _document(("plan", f"example:{example}", *policy))
    if document is not None:
        _validate("plan", document)
    assert document is not None or "--movablecore=acpi" in policy


@pytest.mark.parametrize("example", EXAMPLES)
def test_lines_keep_the_schema(example: str) -> None:
    """Each line of JSON Lines is a record of its own, bytes included."""
    for hexadecimal in ((), ("--hex",)):
        words = ("inspect", "--format", "jsonl", f"example:{example}", *hexadecimal)
        for line in answer(words)[1].splitlines():
            _validate("inspect-line", json.loads(line))


@pytest.mark.parametrize("path", RECORDS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_verifications_keep_the_schema(path: Path) -> None:
    """A recorded boot, with the tables and, where that can be verified at all, without."""
    for inputs in ((str(path), f"example:{path.parent.name}"), (str(path),)):
        document = _document(("verify", *inputs))
        if document is not None:
            _validate("verify", document)


@pytest.mark.parametrize("example", EXAMPLES)
def test_baselines_keep_the_schema(example: str, tmp_path: Path) -> None:
    """What --write-baseline writes."""
    target = tmp_path / "baseline.json"
    answer(("lint", f"example:{example}", "--write-baseline", str(target)))
    _validate("baseline", json.loads(target.read_text()))


def _objects(value: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every object of a document with its keys' names, free maps left out."""
    if isinstance(value, dict):
        if path.rpartition(".")[2] not in FREE:
            yield path, value
        for key, inner in value.items():
            yield from _objects(inner, f"{path}.{key}")
    elif isinstance(value, list):
        for inner in value[:1]:
            yield from _objects(inner, path)


@pytest.mark.parametrize("form", FORMS)
def test_an_unknown_or_missing_key_is_noticed(form: str) -> None:
    """One key more, or one less, anywhere in a document is no document of this schema."""
    document = _document(_command(form, "kernel-node-hot-memory"))
    assert document is not None
    validator = jsonschema.Draft202012Validator(SCHEMAS[form])
    assert validator.is_valid(document)
    paths = [path for path, _ in _objects(document)]
    for index, path in enumerate(paths):
        more, less = copy.deepcopy(document), copy.deepcopy(document)
        list(_objects(more))[index][1]["unknown"] = 1
        list(_objects(less))[index][1].clear()
        assert not validator.is_valid(more), path
        if not path.endswith(OPTIONAL):
            assert not validator.is_valid(less), path


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_valid_and_closed(name: str) -> None:
    """Each is a schema of its dialect, in which every object lists the keys it may have."""
    jsonschema.Draft202012Validator.check_schema(SCHEMAS[name])
    for path, value in _objects(SCHEMAS[name]):
        if value.get("type") == "object":
            assert "additionalProperties" in value, path


def test_every_form_that_the_code_names_has_its_schema() -> None:
    """`srattool.NAME/1` in a source file means a schema of that name."""
    named = {
        name
        for path in PACKAGE.rglob("*.py")
        for name in re.findall(r"\"srattool\.([a-z-]+)/\d\"", path.read_text())
    }
    assert named == set(SCHEMAS) - {"inspect-line", "lint-config"}


def test_all_kernel_profiles_keep_the_schema() -> None:
    """Without a release the answer has every row, with every grade of evidence."""
    document = _document(("kernels",))
    assert document is not None
    _validate("kernels", document)
