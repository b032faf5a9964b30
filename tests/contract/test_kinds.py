"""What a row of `tables/kinds.py` promises holds in every room."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import click
import pytest

from srat_tool.authoring.assemble import assemble
from srat_tool.authoring.decompile import decompile
from srat_tool.authoring.languages import LANGUAGES
from srat_tool.authoring.spec import parse_spec
from srat_tool.base.rawtable import Origin, RawTable
from srat_tool.cli.main import cli
from srat_tool.compare.tables import compare_tables
from srat_tool.grammar.registry import CODECS, decode
from srat_tool.grammar.walk import Family
from srat_tool.lint import rules
from srat_tool.lint.engine import judge
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.machine_tables import view_class
from srat_tool.lint.selection import Selection
from srat_tool.lint.settings import Settings
from srat_tool.lint.views import EntryView, TableView
from srat_tool.render.inspect.as_csv import write_csv
from srat_tool.render.inspect.as_json import write_json, write_jsonl
from srat_tool.render.inspect.as_text import write_plain
from srat_tool.render.inspect.record import Inspected
from srat_tool.render.look import Look
from srat_tool.sources.carve import carve
from srat_tool.tables.kind import Kind, Structure
from srat_tool.tables.kinds import KINDS
from tests.support import table_bytes

RULE_FOLDERS = {path.name for path in Path(rules.__path__[0]).iterdir()}
ROWS = [(kind, row) for kind in KINDS for row in kind.structures]
IDS = [f"{kind.name}-{row.type}" for kind, row in ROWS]


def _family(kind: Kind) -> Family:
    family = CODECS[kind.signature].family
    assert family is not None
    return family


def _table(kind: Kind, row: Structure) -> RawTable:
    """Return a table that holds one structure of a type, all other fields 0."""
    layout = _family(kind).layouts[row.type]
    blank: Any = layout.decode(bytes(layout.size), 0)._replace(type=row.type)
    length = layout.wanted(blank)[0]
    entry = (layout.encode(blank._replace(length=length)) + bytes(length))[:length]
    fixed = bytes(kind.fixed_size - 36)
    if kind.name == "MSCT":
        fixed = kind.fixed_size.to_bytes(4, "little") + fixed[4:]
    data = table_bytes(kind.signature, fixed + entry, revision=kind.revision)
    return RawTable(Origin("here"), data)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_grammar_and_rows_agree(kind: Kind) -> None:
    """Each layout has its row, each row its layout, and the fixed part has the row's size."""
    codec = CODECS[kind.signature]
    layouts = codec.family.layouts if codec.family else {}
    assert set(layouts) == set(kind.by_type)
    assert (kind.beginning is None) == (codec.family is None)
    fixed = codec.fixed.size if codec.fixed else 0
    assert 36 + fixed == kind.fixed_size
    if codec.family is not None and kind.beginning is not None:
        _, length_at, length_size = kind.beginning
        assert codec.family.start.size == length_at + length_size
    # A kind that no rule is about needs no view of its own.
    judged = kind.module in RULE_FOLDERS
    bare = EntryView if kind.structures else TableView
    name = f"{kind.module.title()}View" if judged else bare.__name__
    assert view_class(kind.signature).__name__ == name


@pytest.mark.parametrize(("kind", "row"), ROWS, ids=IDS)
def test_a_structure_is_known_everywhere(kind: Kind, row: Structure) -> None:
    """It is decoded, found in bytes, shown, written as a spec and back, judged and compared."""
    raw = _table(kind, row)
    decoded = decode(raw.data)
    (entry,) = decoded.table.entries  # type: ignore[union-attr]
    assert type(entry).__name__ == row.made
    assert not decoded.defects
    assert [found.length for found in carve(bytes(64) + raw.data, 1 << 20)] == [len(raw.data)]
    shown = Inspected(raw, decoded)
    for write in (write_plain, write_csv, write_json, write_jsonl):
        assert "".join(write([shown], Look(hexdump=True)))
    text = decompile([raw.data])
    assert re.search(rf"(?m)^{re.escape(row.word)}(?: |$)", text)
    assert [table.data for table in assemble(parse_spec(text, "here"))] == [raw.data]
    machine = LintMachine([raw], Settings())
    (view,) = machine.tables
    assert isinstance(view, EntryView)
    assert row.name in view.name(entry)
    assert judge(machine, Selection()) is not None
    assert list(compare_tables([raw], [_table(kind, row)])) == []


def test_every_kind_has_its_language() -> None:
    """A spec can declare each structure that there is a row for."""
    words = {name: {form.word for form in lang.forms} for name, lang in LANGUAGES.items()}
    rows = {k.module: {row.word for row in k.structures} for k in KINDS if k.beginning}
    assert words == rows


@pytest.mark.parametrize("name", ["inspect", "lint"])
def test_help_names_every_kind(name: str) -> None:
    """A user learns from the help which tables a command is about."""
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    text = command.get_help(click.Context(command, info_name=name))
    assert [kind.module.upper() for kind in KINDS if kind.module.upper() not in text] == []
