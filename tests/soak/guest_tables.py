"""The tables that a guest's firmware laid out, read from its memory while it still runs."""

from __future__ import annotations

import json
import re
import socket
from pathlib import Path

from srat_tool.base.errors import PeerError
from srat_tool.base.rawtable import Origin, OriginKind, RawTable

_WANTED = ("SRAT", "SLIT", "HMAT", "APIC")
_LISTED = re.compile(r"ACPI: (\w{4}) 0x([0-9A-F]{16}) ([0-9A-F]{6}) \(")
_PATIENCE = 20.0


def monitor_options(folder: Path) -> list[str]:
    """Return QEMU's options for a monitor in the folder."""
    return ["-qmp", f"unix:{folder}/qmp,server=on,wait=off"]


def saved_tables(folder: Path, log: str) -> tuple[RawTable, ...]:
    """Return the tables that the log lists, by the monitor in the folder.

    Raises:
        PeerError: when the monitor does not answer as it should.
    """
    tables: list[RawTable] = []
    with socket.socket(socket.AF_UNIX) as link:
        link.settimeout(_PATIENCE)
        link.connect(str(folder / "qmp"))
        stream = link.makefile("rwb")
        stream.readline()

        def ask(command: str, **arguments: object) -> None:
            words = {"execute": command, "arguments": arguments}
            stream.write(json.dumps(words).encode() + b"\n")
            stream.flush()
            while b'"return"' not in (answer := stream.readline()):
                if not answer or b'"error"' in answer:
                    raise PeerError(f"the monitor said {answer.decode()}")

        ask("qmp_capabilities")
        ask("stop")
        for name, address, size in _LISTED.findall(log):
            if name not in _WANTED:
                continue
            file = folder / f"{name}.{len(tables)}"
            ask("pmemsave", val=int(address, 16), size=int(size, 16), filename=str(file))
            data = file.read_bytes()
            if data[:4] != name.encode():
                raise PeerError(f"no {name} at {address} any more")
            tables.append(RawTable(Origin(name, kind=OriginKind.SYSFS), data))
    return tuple(tables)
