"""CXL devices as users name them."""

from __future__ import annotations

from pathlib import Path

import pytest

from srat_tool.api.cxl_devices import cxl_devices_of, defect_notes
from srat_tool.base.errors import SratToolError
from tests.cdats import cdat_bytes, usual
from tests.cxl import device


def test_words(tmp_path: Path) -> None:
    """Speed, width and host bridge in any order; a path may have commas."""
    (tmp_path / "a,b=1.bin").write_bytes(b"abc")
    path = tmp_path / "a,b=1.bin"
    plain, full = cxl_devices_of([str(path), f"{path},bridge=0xc,width=8,speed=32.0,flit=256"])
    assert plain == ("a,b=1.bin", b"abc", None, None, None, None)
    assert full[2:] == (32000, 8, 12, 256)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("no-such-file", "no such file"),
        ("{},speed=7", "no speed of a PCI Express link"),
        ("{},width=3", "no width of a PCI Express link"),
        ("{},bridge=x", "bridge is no number"),
        ("{},flits=1", "no such word, or given twice: flits="),
        ("{},flit=100", "no size of a flit"),
        ("{},width=1,width=2", "no such word, or given twice: width="),
    ],
)
def test_errors(tmp_path: Path, words: str, message: str) -> None:
    """Each error states what was expected."""
    path = tmp_path / "cdat"
    path.write_bytes(b"abc")
    with pytest.raises(SratToolError, match=message):
        cxl_devices_of([words.format(path)])


def test_damage_is_told() -> None:
    """Each malformed place with its offset; of many the first three."""
    (note,) = defect_notes([device(usual()[:-1] + b"\1")])
    assert note == "a.cdat: +0x0005 checksum is 0xea, expected 0xe9"
    *_, last = defect_notes([device(cdat_bytes(bytes((9, 0, 4, 0)) * 9))])
    assert last == "a.cdat: 6 more malformed places"
    assert list(defect_notes([device()])) == []
