"""The ratchet: a recorded boot that was once right never goes wrong unnoticed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fidelity import Score, is_scorable, score_boot, score_dmesg
from tests.golden.disagreements import KNOWN, UNKNOWABLE
from tests.support import CORPUS, needs_corpus

FOLDERS = ("boots", "boots-2")
BOOTS = [path for name in FOLDERS for path in sorted((CORPUS / name).glob("*.json.gz"))]
VIEWS = ("ordinary", "before")
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
@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("path", BOOTS, ids=_name)
def test_a_recorded_boot_without_its_full_log(path: Path, view: str) -> None:
    """It is planned whole, or listed with the reason why that is not possible."""
    name = path.name.removesuffix(".json.gz")
    wrong = {what: why for what, why in score_boot(path, view).items() if why}
    listed = any(name in cases for cases in UNKNOWABLE[view].values())
    assert bool(wrong) is listed, wrong or "listed as unknowable, and right"


@pytest.mark.corpus
@needs_corpus
@pytest.mark.parametrize("path", LOGS, ids=_name)
def test_a_log_of_a_real_machine(path: Path) -> None:
    """Nodes and zones are what the kernel printed after its SRAT lines."""
    assert list(_surprises(path.stem, score_dmesg(path))) == []


@needs_corpus
def test_known_disagreements_name_cases_that_exist() -> None:
    """A row for a case that is never run proves nothing."""
    names = {path.name.removesuffix(".json.gz") for path in BOOTS} | {path.stem for path in LOGS}
    assert {case for case, _ in KNOWN} <= names
    for reasons in UNKNOWABLE.values():
        assert {case for cases in reasons.values() for case in cases} <= names
