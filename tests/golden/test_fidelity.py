"""The ratchet: a recorded boot that was once right never goes wrong unnoticed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fidelity import Score, is_scorable, score_boot, score_dmesg
from tests.golden.disagreements import KNOWN
from tests.support import CORPUS, needs_corpus

BOOTS = sorted((CORPUS / "boots").glob("*.json.gz"))
LOGS = [path for path in sorted((CORPUS / "dmesg").glob("*.log")) if is_scorable(path)]


def _name(path: Path) -> str:
    return path.name.partition(".")[0] if path.suffix == ".gz" else path.stem


def _surprises(case: str, score: Score) -> Iterator[str]:
    for category, difference in score.items():
        known = (case, category) in KNOWN
        if difference and not known:
            yield f"{category}: {difference}"
        elif known and not difference:
            yield f"{category}: listed as a disagreement, and right"


@pytest.mark.corpus
@needs_corpus
@pytest.mark.parametrize("path", BOOTS, ids=_name)
def test_a_recorded_boot(path: Path) -> None:
    """Every line, region, zone, distance and block size is what the kernel had."""
    assert list(_surprises(path.name.removesuffix(".json.gz"), score_boot(path))) == []


@pytest.mark.corpus
@needs_corpus
@pytest.mark.parametrize("path", LOGS, ids=_name)
def test_a_log_of_a_real_machine(path: Path) -> None:
    """Nodes and zones are what the kernel printed behind its SRAT lines."""
    assert list(_surprises(path.stem, score_dmesg(path))) == []


@needs_corpus
def test_known_disagreements_name_cases_that_exist() -> None:
    """A row for a case that nobody runs proves nothing."""
    names = {path.name.removesuffix(".json.gz") for path in BOOTS} | {path.stem for path in LOGS}
    assert {case for case, _ in KNOWN} <= names
