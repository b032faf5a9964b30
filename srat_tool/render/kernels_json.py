"""Kernel profiles with their evidence as JSON values, schema `srattool.kernels/1`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from srat_tool.kernel.catalogue import CatalogueRow, KernelCatalogue, ReleaseAnswer
from srat_tool.kernel.evidence import ProfileEvidence
from srat_tool.kernel.vendor import Vendor


def kernels_value(catalogue: KernelCatalogue) -> dict[str, Any]:
    """Return the catalogue; `answer` is null where no release was asked for."""
    answer = catalogue.answer
    return {
        "schema": "srattool.kernels/1",
        "answer": None if answer is None else _answer(answer),
        "profiles": [_row(row) for row in catalogue.rows],
        "distributions": [_vendor(vendor) for vendor in catalogue.vendors],
    }


def _answer(answer: ReleaseAnswer) -> dict[str, Any]:
    return {
        "release": answer.release,
        "profile": answer.row.name,
        "architecture": answer.row.architecture,
        "distribution": None if answer.vendor is None else answer.vendor.name,
        "because": answer.because,
        "doubt": answer.doubt,
    }


def _row(row: CatalogueRow) -> dict[str, Any]:
    return {
        "name": row.name,
        "architecture": row.architecture,
        "releases": row.releases,
        "changes": [change._asdict() for change in row.changes],
        "evidence": _evidence(row.rests_on),
    }


def _evidence(seen: Iterable[ProfileEvidence]) -> list[dict[str, str]]:
    return [{"grade": evidence.grade.value, "what": evidence.what} for evidence in seen]


def _vendor(vendor: Vendor) -> dict[str, Any]:
    return {
        "name": vendor.name,
        "changes": list(vendor.changes),
        "evidence": _evidence(vendor.seen),
        "not_modelled": vendor.limit,
    }
