"""Where test data is, and how a test reports that it cannot run."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "srat_tool"
SHARED = ROOT.parent / "shared"
CORPUS = SHARED / "corpus"

needs_corpus = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the shared corpus does not lie beside the project"
)


def corpus_tables() -> list[Path]:
    """Return every raw table of the corpus; empty where there is no corpus."""
    return sorted((CORPUS / "tables").glob("*/*.bin"))


def table_bytes(signature: bytes, body: bytes, *, revision: int = 1) -> bytes:
    """Return a table with a sound header: the right length and checksum."""
    header = struct.pack(
        "<4sIBB6s8sI4sI",
        signature,
        36 + len(body),
        revision,
        0,
        b"OEMOEM",
        b"OEMTABLE",
        1,
        b"TEST",
        0x20260101,
    )
    table = bytearray(header + body)
    table[9] = -sum(table) & 0xFF
    return bytes(table)
