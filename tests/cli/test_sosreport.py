"""A sosreport-like archive, made of a booted machine of the corpus, through our commands."""

from __future__ import annotations

import base64
import gzip
import json
import lzma
from pathlib import Path

import pytest

from srat_tool.cli.main import COMMANDS, run
from tests.sources.test_tar import archive
from tests.support import CORPUS, needs_corpus

Capture = pytest.CaptureFixture[str]


def _case() -> dict[str, object]:
    """Return the first complete x86 boot of 6.1 that was given a SRAT and prints its zones."""
    for path in sorted((CORPUS / "boots").glob("dev-*.json.gz")):
        case = json.loads(gzip.decompress(path.read_bytes()))
        given, seen = case["input"], case["observed"]
        good = given["kernel"]["version"] == "6.1" and "SRAT" in given["tables"]
        if good and seen["end"] == "complete" and seen["runtime"].get("zoneinfo"):
            return dict(case)
    pytest.skip("no such boot in the corpus")


@pytest.fixture
def sosreport(tmp_path: Path) -> tuple[str, str, str]:
    """Return the paths of an archive, and of the log and the tables that lie in it."""
    case = _case()
    given = case["input"]
    assert isinstance(given, dict)
    log = str(case["log"]).encode()
    tables = {name: base64.b64decode(data) for name, data in given["tables"].items()}
    root = "sosreport-host-2026"
    files = {f"{root}/sys/firmware/acpi/tables/{name}": data for name, data in tables.items()}
    files[f"{root}/sos_commands/kernel/dmesg"] = log
    files[f"{root}/proc/cmdline"] = str(given["cmdline"]).encode()
    files[f"{root}/etc/hostname"] = b"host\n"
    (tmp_path / "sos.tar.xz").write_bytes(lzma.compress(archive(files), preset=0))
    (tmp_path / "boot.log").write_bytes(log)
    (tmp_path / "tables").mkdir()
    for name, data in tables.items():
        (tmp_path / "tables" / name).write_bytes(data)
    return str(tmp_path / "sos.tar.xz"), str(tmp_path / "boot.log"), str(tmp_path / "tables")


def _json(capsys: Capture, *arguments: str) -> dict[str, object]:
    assert run(list(arguments)) == 0
    return dict(json.loads(capsys.readouterr().out))


@needs_corpus
def test_plan_reads_tables_and_log_out_of_it(
    sosreport: tuple[str, str, str], capsys: Capture
) -> None:
    """The archive alone plans as its parts do."""
    whole, log, tables = sosreport
    from_archive = _json(capsys, "plan", "--format", "json", whole)
    from_parts = _json(capsys, "plan", "--format", "json", "--boot-log", log, tables)
    assert from_archive == from_parts


@needs_corpus
def test_verify_needs_nothing_else(sosreport: tuple[str, str, str], capsys: Capture) -> None:
    """Firmware's claim and the kernel's answer in one file: equal."""
    assert run(["verify", sosreport[0]]) == 0, capsys.readouterr().out


@needs_corpus
def test_other_commands_take_it(sosreport: tuple[str, str, str], capsys: Capture) -> None:
    """inspect and extract see the same tables in it."""
    assert run(["extract", "--list", sosreport[0]]) == 0
    listed = capsys.readouterr().out
    assert "tar archive" in listed
    assert run(["inspect", "--format", "json", sosreport[0]]) == 0
    assert "SRAT" in capsys.readouterr().out


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_that_reads_tables_takes_the_limits(name: str, capsys: Capture) -> None:
    """The limits belong to every command that names inputs."""
    without = {"kernels", "completion", "man", "glossary"}
    assert run([name, "--help"]) == 0
    text = capsys.readouterr().out
    assert ("--max-unpacked" in text) != (name in without), (
        "use cli.options.input_options, or limit_options"
    )


SPEC = """\
[srat]
entries = '''
apic 0 0
apic 1 1
mem 0 0+2G
mem 1 4G+1G
mem 1 5G+16G hotplug
'''
"""
ZONES = (
    (0, "DMA", 1, 4095, 3998),
    (0, "DMA32", 4096, 0x80000 - 4096, 0x80000 - 4096),
    (1, "Normal", 0x100000, 0x40000, 0x40000),
)


def _spec(tmp_path: Path) -> dict[str, bytes]:
    """Return the tables of a guest of two nodes with a window above its memory."""
    spec = tmp_path / "m.toml"
    spec.write_text(SPEC)
    assert run(["build", str(spec), "-o", str(tmp_path / "built")]) == 0
    return {path.stem: path.read_bytes() for path in (tmp_path / "built").iterdir()}


def _kept(tmp_path: Path, *, zeroed: bool, log: bool) -> dict[str, bytes]:
    """Return the files that sos keeps of such a guest after weeks of uptime."""
    zone = (
        "Node {}, zone {:>8}\n        spanned  {}\n        present  {}\n  start_pfn:           {}\n"
    )
    zones = [zone.format(nid, name, size, there, at) for nid, name, at, size, there in ZONES]
    iomem = "{:08x}-{:08x} : System RAM\n"
    ranges = [(0x1000, 0x9EFFF), (0x100000, 0x7FFFFFFF), (0x100000000, 0x13FFFFFFF)]
    lines = [iomem.format(*((0, 0) if zeroed else r)) for r in ranges]
    nodes = "sys/devices/system/node"
    files = {
        "sos_commands/kernel/uname_-a": "Linux h 6.12.1-x #1 SMP x86_64 GNU/Linux\n",
        "proc/cmdline": "movable_node\n",
        "proc/zoneinfo": "".join(zones),
        "proc/iomem": "".join(lines),
        **{
            f"sys/devices/system/node/node{n}/meminfo": f"Node {n} MemTotal: 9 kB\n" for n in (0, 1)
        },
        **{f"sys/devices/system/node/node{n}/cpulist": f"{n}\n" for n in (0, 1)},
        f"{nodes}/node0/distance": "10 20\n",
        f"{nodes}/node1/distance": "20 10\n",
    }
    if log:
        files["sos_commands/kernel/dmesg"] = "[ 1.8] PCI: Using E820 reservations\n[ 2.0] x: y\n"
    data = {name: text.encode() for name, text in files.items()}
    tables = _spec(tmp_path)
    return data | {f"sys/firmware/acpi/tables/{name}": t for name, t in tables.items()}


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("zeroed", [True, False])
@pytest.mark.parametrize("log", [True, False])
def test_report_of_a_machine_that_ran_for_weeks(
    tmp_path: Path, capsys: Capture, packed: bool, zeroed: bool, log: bool
) -> None:
    """The log has lost its front and addresses may be hidden: the rest shows kernel and RAM."""
    files = _kept(tmp_path, zeroed=zeroed, log=log)
    report = tmp_path / "report"
    if packed:
        report.write_bytes(archive({f"sosreport-h/{name}": data for name, data in files.items()}))
    else:
        for name, data in files.items():
            (report / "sosreport-h" / name).parent.mkdir(parents=True, exist_ok=True)
            (report / "sosreport-h" / name).write_bytes(data)
    capsys.readouterr()
    plan = _json(capsys, "plan", "--format", "json", str(report))
    kernel, zones = plan["kernel"], plan["zones"]
    assert isinstance(kernel, dict)
    assert (kernel["profile"], kernel["release"]) == ("6.12.0", "6.12.1-x")
    assert isinstance(zones, list)
    assert [(z["start_pfn"], z["present_pages"]) for z in zones] == [
        (a, p) for *_, a, _, p in ZONES
    ]
    assert run(["verify", str(report)]) == 0
    assert "DIFFERENT" not in capsys.readouterr().out
