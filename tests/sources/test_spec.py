"""Specs among the inputs."""

from __future__ import annotations

from pathlib import Path

import pytest

from srat_tool.authoring.spec import known_sections
from srat_tool.sources.detect import gather
from srat_tool.sources.found import Role
from srat_tool.sources.spec import SECTIONS, sniff


def test_the_names_are_those_of_the_builder() -> None:
    """Every section that makes something a spec is one that a spec may have."""
    assert set(SECTIONS) <= set(known_sections())


@pytest.mark.parametrize("text", ["[srat]\n", "# two\n[[slit]]  # x\n", "a = 1\n\n [machine]\n"])
def test_a_spec_is_known_by_its_sections(text: str) -> None:
    """One heading of ours is enough."""
    assert sniff(text.encode())


@pytest.mark.parametrize(
    "data", [b"SRAT\0\0\0\0\n[srat]\n", b"[    0.000000] Linux version 6.1\n", b"[project]\n"]
)
def test_other_things_are_not_specs(data: bytes) -> None:
    """Tables, logs and other TOML are something else."""
    assert not sniff(data)


def test_a_spec_is_evidence(tmp_path: Path) -> None:
    """Its bytes arrive whole, with the user's own path."""
    path = tmp_path / "m.toml"
    path.write_bytes(b"[srat]\n")
    (found,) = gather([str(path)]).evidence
    assert (found.role, found.data, found.path) == (Role.SPEC, b"[srat]\n", str(path))


def test_blank_lines_are_walked_once() -> None:
    """An expression that tried again from each of them would take hours for so many."""
    assert not sniff(b"\n" * (1 << 16))
    assert sniff(b"\n \n\n[srat] \r\n")


def test_a_page_about_specs_is_none() -> None:
    """It begins with prose; comments, keys and other sections do not make prose of a spec."""
    shown = b"[srat]\nentries = '''\n'''\n"
    assert not sniff(b"# The tool\n\nIt reads this:\n\n```toml\n" + shown + b"```\n")
    for before in (b"# mine\n\n", b"[other]\na = 1\n", b"title = 'x'\n", b"\xef\xbb\xbf# x\n"):
        assert sniff(before + shown), before
