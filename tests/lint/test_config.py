"""The configuration file."""

from __future__ import annotations

import json

import pytest

from srat_tool.base.errors import SratToolError
from srat_tool.lint.config import KEYS, LEVELS, parse_config
from srat_tool.lint.rule import PROFILES
from tests.support import PACKAGE

TEXT = """
[lint]
profile = "xen"
ignore = ["SRAT017"]
fail-on = "warning"
[lint.per-path-ignores]
"old/*" = ["SRAT1"]
"""


def test_everything_it_may_say() -> None:
    """Keys with dashes, lists of codes, patterns."""
    found = parse_config(TEXT, "srattool.toml", in_pyproject=False)
    assert found is not None
    assert (found.profile, found.fail_on, found.ignore) == ("xen", "warning", ("SRAT017",))
    assert found.per_path == {"old/*": ("SRAT1",)}
    assert found.select == ()


def test_section_of_pyproject() -> None:
    """In a pyproject.toml the section is ours, or there is none."""
    text = TEXT.replace("[lint", "[tool.srattool.lint")
    found = parse_config(text, "pyproject.toml", in_pyproject=True)
    assert found is not None
    assert found.profile == "xen"
    assert parse_config("[project]\n", "pyproject.toml", in_pyproject=True) is None


@pytest.mark.parametrize(
    "text",
    [
        "[lint",
        "[lint]\nprofil = 'xen'",
        "[lint]\nprofile = 'windows'",
        "[lint]\nignore = 'SRAT1'",
        "[lint]\nfail-on = 1",
    ],
)
def test_slips_are_errors(text: str) -> None:
    """A configuration that is not understood must not be followed in part."""
    with pytest.raises(SratToolError, match=r"srattool\.toml"):
        parse_config(text, "srattool.toml", in_pyproject=False)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('fail-on = "warning"', "fail-on.*under .lint."),
        ("lint = 3", "lint"),
        ("[lint]\nper-path-ignores = []", "per-path-ignores"),
        ("[lint]\n[lint.per-path-ignores]\n'a' = 'SRAT1'", "per-path-ignores.a"),
        ("[other]", "other"),
        ("[lint]\nselect = 'SRAT1'", "select"),
        ("[lint]\nkernel = 'newest'", "srattool.toml: lint.kernel.*newest"),
    ],
)
def test_a_key_in_the_wrong_place_or_of_the_wrong_kind_is_named(text: str, named: str) -> None:
    """A setting that is never read is a check that is not made."""
    with pytest.raises(SratToolError, match=named):
        parse_config(text, "srattool.toml", in_pyproject=False)


@pytest.mark.parametrize("text", ["tool = 'srattool'", "[tool]\nsrattool = 3"])
def test_a_pyproject_of_wrong_kinds(text: str) -> None:
    """One line, no traceback."""
    with pytest.raises(SratToolError, match="tool"):
        parse_config(text, "pyproject.toml", in_pyproject=True)


def test_a_baseline_is_in_the_folder_of_the_file() -> None:
    """It is the same file from any working directory."""
    for where, file in (("/top/srattool.toml", "/top/known.json"), ("a/srattool.toml", "a/k.json")):
        text = f'[lint]\nbaseline = "{file.rpartition("/")[2]}"'
        config = parse_config(text, where, in_pyproject=False)
        assert config is not None
        assert config.baseline == file


def test_the_schema_has_the_same_keys_and_words() -> None:
    """What an editor accepts is what lint accepts."""
    schema = json.loads((PACKAGE / "data" / "schemas" / "lint-config.schema.json").read_text())
    lint = schema["properties"]["lint"]["properties"]
    assert set(lint) == set(KEYS)
    assert tuple(lint["profile"]["enum"]) == PROFILES
    assert tuple(lint["fail-on"]["enum"]) == LEVELS


def test_a_rule_that_does_not_exist_is_an_error_of_the_file() -> None:
    """The message names the file and the key."""
    with pytest.raises(SratToolError, match=r"srattool.toml: lint.ignore.*SRTA017"):
        parse_config('[lint]\nignore = ["SRTA017"]\n', "srattool.toml", in_pyproject=False)
