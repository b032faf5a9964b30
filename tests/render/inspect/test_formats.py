"""Formats by name."""

from __future__ import annotations

import pytest

from srat_tool.cli.inspect import FORMATS
from srat_tool.render.inspect.formats import WRITERS, write
from tests.render.inspect.test_record import inspected
from tests.support import table_bytes


def test_every_format_is_registered() -> None:
    """What the command offers besides text is what there is."""
    assert ("text", *WRITERS) == FORMATS


@pytest.mark.parametrize("name", list(WRITERS))
def test_every_format_takes_the_same(name: str) -> None:
    """Pieces of text that end in a newline."""
    pieces = list(write(name, [inspected(table_bytes(b"FACP", b""))], with_bytes=True))
    assert "".join(pieces).endswith("\n")
