"""Files of one folder that contain separate machines: archives, dumps, specs, logs.

Where a folder has only one of a kind, everything in the folder is about the same machine. Where it
has several, each is a machine, or more, of its own.
"""

from __future__ import annotations

from pathlib import Path

from srat_tool.sources.compressed import unpacked_head
from srat_tool.sources.detect import kind_of
from srat_tool.sources.place import claims_table, role_of

_HEAD = 1 << 16
_ALONE = frozenset({"zip", "tar", "cpio", "acpidump", "firmware", "spec"})
_LOG = "bootlog"


def apart(top: str, members: list[str]) -> list[list[str]]:
    """Part the files of one folder: each that holds machines of its own, then the rest."""
    candidates = [name for name in members if role_of(name) is None and not claims_table(name)]
    if len(candidates) < 2:
        return [members]
    kinds = {name: _kind(Path(top, name)) for name in candidates}
    dumps = [name for name, kind in kinds.items() if kind in _ALONE]
    logs = [name for name, kind in kinds.items() if kind == _LOG]
    alone = [group for group in (dumps, logs) if len(group) > 1]
    if not alone:
        return [members]
    own = {name for group in alone for name in group}
    rest = [name for name in members if name not in own]
    parts = [[name] for name in members if name in own]
    return [*parts, rest] if rest else parts


def _kind(file: Path) -> str | None:
    """Return the kind of a file, or of what is compressed in it."""
    try:
        with file.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError:
        return None  # reading it gives the error
    kind = kind_of(head)
    return kind_of(unpacked_head(head, _HEAD)) if kind == "compressed" else kind
