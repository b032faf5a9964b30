"""Fixed marks: each container is told by its first bytes, and nothing else is."""

from __future__ import annotations

import bz2
import gzip
import lzma
from collections.abc import Callable

import pytest

from srat_tool.sources.marks import is_compressed, is_zip
from tests.sources.samples import srat
from tests.sources.test_zipped import zipped


@pytest.mark.parametrize("compress", [gzip.compress, bz2.compress, lzma.compress])
def test_compressed_streams(compress: Callable[[bytes], bytes]) -> None:
    """What the standard library writes is known, in whole and by its first bytes."""
    assert is_compressed(compress(srat()))
    assert is_compressed(compress(srat())[:8])
    assert not is_zip(compress(srat()))


def test_zip_archives() -> None:
    """One with files and one without begin differently."""
    assert is_zip(zipped({"SRAT": srat()}))
    assert is_zip(zipped({}))
    assert not is_compressed(zipped({}))


@pytest.mark.parametrize("data", [b"", b"P", b"\x1f", srat()])
def test_nothing_else(data: bytes) -> None:
    """Too few bytes, and a table, are no container."""
    assert not is_compressed(data)
    assert not is_zip(data)
