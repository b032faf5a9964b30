"""Bytes remember where they came from."""

from __future__ import annotations

from srat_tool.base.rawtable import Origin, RawTable


def test_label_and_signature() -> None:
    """A table inside a container is named `path!inner`; a short one has a short signature."""
    raw = RawTable(origin=Origin(path="a.fd", inner="volume 0/file 3"), data=b"SR")
    assert (raw.origin.label, raw.signature) == ("a.fd!volume 0/file 3", b"SR")
