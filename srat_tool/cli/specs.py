"""Specs as inputs of commands."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from srat_tool.base.errors import SourceError

if TYPE_CHECKING:
    from srat_tool.build.spec import Spec


def read_spec(path: str) -> Spec:
    """Read the spec that the user named; `-` is standard input.

    Raises:
        SourceError: when it cannot be read.
        SpecError: when it is no spec.
    """
    from srat_tool.build.spec import parse_spec

    try:
        data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
        return parse_spec(data.decode(), path)
    except OSError as error:
        raise SourceError(error.strerror or "cannot be read", where=path) from error
    except UnicodeDecodeError as error:
        raise SourceError("not text", where=path, expected="a spec in TOML") from error
