"""The process of one door under atheris: our package is instrumented as it is imported.

Only ours: otherwise inputs that are new to the parsers of TOML or of options alone would be kept.
"""

from __future__ import annotations

import sys
from importlib import import_module


def main(name: str, *words: str) -> None:
    """Run one door; see `guided.enter`."""
    atheris = import_module("atheris")
    # The hook stays while inputs are taken, as commands import late.
    with atheris.instrument_imports(include=["srat_tool"]):
        import_module("tests.fuzz.guided").enter(atheris, name, list(words))


if __name__ == "__main__":
    main(*sys.argv[1:])
