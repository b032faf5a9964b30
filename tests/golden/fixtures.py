"""What the examples build; run as a program, it writes fixtures/bin anew."""

from __future__ import annotations

import shutil
from pathlib import Path

from srat_tool.authoring.assemble import assemble
from srat_tool.authoring.spec import Spec, parse_spec
from srat_tool.cli.writing import table_names
from srat_tool.sources.examples import example_files, find_example
from tests.support import ROOT

FIXTURES = ROOT / "fixtures"
SPECS = sorted(example_files().values())


def load(path: Path) -> Spec:
    """Return one spec of the library."""
    return parse_spec(path.read_text(), str(path.relative_to(ROOT)))


def is_faulty(name: str) -> bool:
    """Return whether the example of this name is there for its fault."""
    return find_example(name).parent.name == "faulty"


def built() -> dict[Path, bytes]:
    """Return every binary of the library, by its place below fixtures/bin."""
    files = {}
    for path in SPECS:
        tables = assemble(load(path))
        for name, table in zip(table_names(tables), tables, strict=True):
            files[Path(path.stem, f"{name}.bin")] = table.data
    return files


def main() -> None:
    """Write the binaries."""
    shutil.rmtree(FIXTURES / "bin", ignore_errors=True)
    for place, data in built().items():
        target = FIXTURES / "bin" / place
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


if __name__ == "__main__":
    main()
