"""What a boot of tables needs to know."""

from __future__ import annotations

from pathlib import Path

import pytest

from srat_tool.api.trial_inputs import read_trial
from srat_tool.base.errors import SourceError
from srat_tool.base.span import Span
from srat_tool.base.units import GIB
from tests.golden.fixtures import FIXTURES


def test_a_spec_says_everything() -> None:
    """RAM and options are the spec's; the boot loader's word is left out."""
    found = read_trial(["example:two-sockets-removable-riser"])
    assert [table.signature for table in found.tables] == [b"SRAT", b"SLIT"]
    assert found.options == ("root=/dev/sda1", "ro", "quiet")
    assert found.ram[-1].end == 129 * GIB


def test_tables_alone_mean_ram_where_memory_is() -> None:
    """Without a memory map every enabled range of the SRAT has RAM."""
    found = read_trial([str(FIXTURES / "bin" / "sparse-domains")], "movable_node")
    assert found.ram == (Span(0, 3 * GIB), Span(4 * GIB, 12 * GIB))
    assert found.options == ("movable_node",)


def test_what_is_missing(tmp_path: Path) -> None:
    """No SRAT and no map, or no initrd: there is nothing to boot."""
    with pytest.raises(SourceError, match="where is RAM"):
        read_trial([str(FIXTURES / "bin" / "epyc-8-nodes" / "SLIT.bin")])
    with pytest.raises(SourceError, match="none"):
        read_trial([str(FIXTURES / "bin" / "epyc-8-nodes")], None, str(tmp_path / "none"))
