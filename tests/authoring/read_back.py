"""Lines of a spec that are read, and written again."""

from __future__ import annotations

from srat_tool.authoring.joining import join_runs
from srat_tool.authoring.languages import LANGUAGES
from srat_tool.authoring.lines import SpecLine


def read_back(name: str, text: str, pieces: int = 1) -> tuple[int, str]:
    """Return the size of what a line describes, and the line that it is written as."""
    language = LANGUAGES[name]
    data = language.read(SpecLine(text, "a.toml:1"))
    each = len(data) // pieces
    chunks = [data[at : at + each] for at in range(0, len(data), each)]
    (again,) = join_runs([language.write(chunk)[0] for chunk in chunks])
    return len(data), again
