"""Real tables: an error only where Linux rejects the table, and few words about the rest."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from srat_tool.lint.engine import lint
from srat_tool.lint.finding import Report
from srat_tool.lint.hit import Severity
from srat_tool.lint.selection import Selection
from srat_tool.lint.settings import Settings
from srat_tool.sources.detect import gather
from tests.support import CORPUS, needs_corpus

pytestmark = [pytest.mark.corpus, needs_corpus]

# Codes of errors by machine, and why they are right. A machine that is not here has none.
ERRORS: dict[str, tuple[set[str], str]] = {
    "edk2-hisilicon-d06-hip08": (
        {"SRAT001"},
        "240 zero bytes among the entries; Linux 6.1: Invalid zero length, SRAT not used",
    ),
    "acpica-template-20200925": (
        {"HMAT009", "MADT010"},
        "iasl's empty template: the base unit and the addresses of controllers are 0",
    ),
    "fwts-cedt-0001": (
        {"ACPI005", "CEDT001"},
        "test data: wrong checksum, a window without its second target, a short record",
    ),
    "fwts-hmat-0001": ({"ACPI008"}, "test data of revision 0; Linux: Unknown revision:0"),
    "fwts-hmat-0002": (
        {"ACPI005", "ACPI008", "HMAT009", "HMAT010", "HMAT013"},
        "test data with one fault in each structure",
    ),
    "fwts-madt-0002": (
        {"ACPI005", "MADT010"},
        "test data with a wrong checksum and an I/O APIC at address 0",
    ),
    "fwts-msct-0002": ({"ACPI005"}, "test data with a wrong checksum"),
}
TEST_DATA = ("fwts-", "acpica-")


def _folders() -> list[Path]:
    return sorted(p for p in (CORPUS / "tables").glob("*") if p.is_dir())


def _report(folder: Path) -> Report:
    found = gather([str(path) for path in sorted(folder.glob("*.bin"))])
    return lint(found, Settings(), Selection())


@pytest.mark.parametrize("folder", _folders(), ids=lambda folder: folder.name)
def test_errors_are_those_that_linux_has(folder: Path) -> None:
    """Every error on a corpus machine is known, with its reason."""
    codes = {f.id for f in _report(folder).findings if f.severity is Severity.ERROR}
    assert codes == ERRORS.get(folder.name, (set(), ""))[0]


def test_no_known_error_is_stale() -> None:
    """A row whose machine is gone would hide the next one."""
    assert set(ERRORS) <= {folder.name for folder in _folders()}


def test_healthy_machines_are_near_silence() -> None:
    """Real and emulated machines: a warning is rare, and never the same on most of them."""
    machines = [folder for folder in _folders() if not folder.name.startswith(TEST_DATA)]
    origins = {r["slug"]: r["origin"] for r in _manifest()}
    real = [folder for folder in machines if origins[folder.name] != "firmware-static"]
    warned: Counter[str] = Counter()
    for folder in real:
        warned.update({f.id for f in _report(folder).findings if f.severity is Severity.WARNING})
    assert max(warned.values(), default=0) <= 4, warned
    silent = sum(not _report(folder).at_least(Severity.WARNING) for folder in real)
    assert silent >= len(real) * 3 // 4


def _manifest() -> list[dict[str, str]]:
    records = json.loads((CORPUS / "tables" / "manifest.json").read_text())
    found: list[dict[str, str]] = records if isinstance(records, list) else records["tables"]
    return found
