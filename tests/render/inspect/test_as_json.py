"""JSON by templates equals JSON by the book."""

from __future__ import annotations

import json
import struct

import pytest

from srat_tool.render.inspect.as_json import dumps, entry_lines, write_json, write_jsonl
from srat_tool.render.inspect.record import entry_record
from srat_tool.render.look import Look
from tests.render.inspect.test_record import inspected
from tests.support import PACKAGE, corpus_tables, needs_corpus, table_bytes

SLIT = table_bytes(b"SLIT", struct.pack("<Q", 2) + bytes((10, 20, 20, 10)) + b"tail")


@needs_corpus
@pytest.mark.corpus
def test_templates_equal_json_dumps() -> None:
    """For every entry of the corpus, order of the keys included."""
    for path in corpus_tables():
        shown = inspected(path.read_bytes())
        assert list(entry_lines(shown)) == [
            dumps(entry_record(entry, shown)) for entry in shown.entries
        ], path


def test_an_entry_with_more_bytes_is_written_by_the_book() -> None:
    """A template has no place for bytes after the fields."""
    its = struct.pack("<BBIHI", 4, 14, 7, 0, 3) + b"xy"
    shown = inspected(table_bytes(b"SRAT", struct.pack("<IQ", 1, 0) + its))
    (line,) = entry_lines(shown)
    assert json.loads(line)["extra"] == "7879"


def test_one_document() -> None:
    """Tables, entries and defects; the matrix row by row."""
    document = json.loads("".join(write_json([inspected(SLIT), inspected(SLIT[:-3])])))
    first, second = document["tables"]
    assert first["fields"]["matrix"] == [[10, 20], [20, 10]]
    assert first["fields"]["tail"] == b"tail".hex()
    assert first["defects"] == []
    assert second["defects"][0]["kind"] == "length_exceeds_file"
    assert "bytes" not in first


@needs_corpus
@pytest.mark.corpus
def test_documents_keep_the_published_schema() -> None:
    """Of every corpus table, whole and cut."""
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((PACKAGE / "data" / "schemas" / "inspect.schema.json").read_text())
    validator = jsonschema.Draft202012Validator(schema)
    for path in corpus_tables():
        data = path.read_bytes()
        tables = [inspected(data), inspected(data[: len(data) // 2])]
        validator.validate(json.loads("".join(write_json(tables, Look(hexdump=True)))))


def test_no_table_is_a_document_too() -> None:
    """An empty list is sound JSON."""
    assert json.loads("".join(write_json([])))["tables"] == []


def test_bytes_on_request() -> None:
    """`--hex` adds the bytes."""
    document = json.loads("".join(write_json([inspected(SLIT)], Look(hexdump=True))))
    assert bytes.fromhex(document["tables"][0]["bytes"]) == SLIT


def test_one_object_a_line() -> None:
    """Each line of JSON Lines is complete in itself."""
    its = struct.pack("<BBIHI", 4, 12, 7, 0, 3)
    shown = inspected(table_bytes(b"SRAT", struct.pack("<IQ", 1, 0) + its + b"\x63\x02"))
    lines = [json.loads(line) for line in write_jsonl([shown], Look(hexdump=True))]
    assert [line["record"] for line in lines] == ["table", "entry", "entry", "defect"]
    assert all(line["table"] == 0 for line in lines)
    assert lines[0]["schema"] == "srattool.inspect/1"
    assert lines[1]["its_id"] == 3
