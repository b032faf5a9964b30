"""What the verdict on Xen predicts, against Xen under QEMU."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from srat_tool.api.trial import find_kernels
from srat_tool.authoring.assemble import assemble, with_spec
from srat_tool.authoring.spec import parse_spec
from srat_tool.lint.lint_machine import LintMachine
from srat_tool.lint.settings import Settings
from srat_tool.lint.systems.xen import refusals
from srat_tool.plan.machine import Machine

CPUS = "apic 0 0\napic 1 1\n"
# A guest of 512 MiB has the RAM of `RAM` below, whatever its tables are.
RAM = '[memory]\nram = ["0..0x9fc00", "1M..0x1ffe0000"]\n'
ENDS = (b"hash shift", b"SRAT not used", b"Panic on CPU")
CASES = {
    "sound": "mem 0 0+256M\nmem 1 256M+256M",
    "overlap": "mem 0 0+257M\nmem 1 256M+256M",
    "interleaved": "mem 0 0+128M\nmem 1 128M+128M\nmem 0 256M+256M",
    "page 0 in no range": "mem 0 4K..256M\nmem 1 256M+256M",
    "RAM in hot-pluggable ranges only": "mem 0 0+256M\nmem 1 256M+256M hotplug",
    "a long memory structure": "mem 0 0+256M length=44 extra=00000000\nmem 1 256M+256M",
    "one node too many": "\n".join(f"apic {n} {n + 100}" for n in range(2, 66)) + "\nmem 0 0+512M",
    "a node map that does not fit": (
        "mem 0 0+0x10001000\nmem 1 0x10001000+0xffff000\nmem 2 0x200000000000+1G"
    ),
    "a node map of 256 MiB": "mem 0 0+256M\nmem 1 256M+256M\nmem 2 0x10000001000+4K",
    "a node without processors": "mem 0 0+128M\nmem 1 128M+128M\nmem 2 256M+256M",
}


def _image() -> Path | None:
    named = os.environ.get("SRATTOOL_XEN")
    places = [Path("build/xen/boot"), Path("/boot")]
    found = [path for place in places for path in sorted(place.glob("xen-*.gz"))]
    return Path(named) if named else next(iter(found), None)


IMAGE = _image()
KERNELS = [kernel for kernel in find_kernels() if kernel.is_file()]
pytestmark = [
    pytest.mark.peer,
    pytest.mark.skipif(
        shutil.which("qemu-system-x86_64") is None, reason="qemu-system-x86_64 is not installed"
    ),
    pytest.mark.skipif(IMAGE is None, reason="no Xen: none in $SRATTOOL_XEN, build/xen nor /boot"),
    pytest.mark.skipif(not KERNELS, reason="no kernel image for Xen to begin with"),
]


def _boot(table: bytes, folder: Path) -> bytes:
    """Return what Xen prints up to the place where its nodes are known."""
    assert IMAGE is not None
    (folder / "SRAT").write_bytes(table)
    (folder / "xen").write_bytes(gzip.decompress(IMAGE.read_bytes()))
    log = folder / "log"
    command = [
        *("qemu-system-x86_64", "-m", "512", "-smp", "2", "-display", "none", "-no-reboot"),
        *("-kernel", str(folder / "xen"), "-initrd", str(KERNELS[0])),
        *("-append", "com1=115200,8n1 console=com1 loglvl=all noreboot"),
        *("-acpitable", f"file={folder / 'SRAT'}", "-serial", f"file:{log}"),
    ]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL) as guest:
        end = time.monotonic() + 120
        while guest.poll() is None and time.monotonic() < end:
            if log.exists() and any(mark in log.read_bytes() for mark in ENDS):
                break
            time.sleep(0.2)
        guest.kill()
    return log.read_bytes()


@pytest.mark.parametrize("name", list(CASES))
def test_xen_does_as_predicted(name: str, tmp_path: Path) -> None:
    """Xen uses the SRAT, refuses it or stops, and the verdict is that it does."""
    parsed = parse_spec(f"[srat]\nentries = '''\n{CPUS}{CASES[name]}\n'''\n{RAM}", "here")
    tables = assemble(parsed)
    text = _boot(tables[0].data, tmp_path)
    assert any(mark in text for mark in ENDS), text[-300:]
    boot = with_spec(Machine(tables=tables), parsed)
    reason = next(refusals(LintMachine(tables, Settings(), boot)), None)
    assert (b"hash shift" in text) == (reason is None), (reason, text[-300:])
