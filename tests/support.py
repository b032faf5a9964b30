"""Where test data lies, and how a test says that it cannot run."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
CORPUS = SHARED / "corpus"

needs_corpus = pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the shared corpus does not lie beside the project"
)


def corpus_tables() -> list[Path]:
    """Return every raw table of the corpus; empty where there is no corpus."""
    return sorted((CORPUS / "tables").glob("*/*.bin"))
