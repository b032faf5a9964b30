"""Seeded fleets of which the truth is known: models, configurations, drifts, roll-outs, damage.

python -m tests.fleet.fleets FOLDER --machines 1000 --configurations 100 --seed 1
"""

from __future__ import annotations

import argparse
import io
import random
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from srat_tool.base.units import GIB
from tests.fleet.tables import Shape, acpidump, boot_log, slit, srat

MODELS = 12
OLD, NEW = "1.0.0", "2.0.0"
DRIFTS = ("memory", "distance", "hot-plug", "processors", "clash")


@dataclass
class Truth:
    """What a fleet was made to be.

    Attributes:
        shapes: the configuration of each machine, by its path in the fleet.
        products: its product.
        logged: machines with the log of a boot, which shows where RAM is.
        odd: machines that differ from the others of their configuration, and in what.
        broken: archives and files that cannot be read whole.
        changed: products whose tables another firmware changes.
    """

    shapes: dict[str, Shape] = field(default_factory=dict)
    products: dict[str, str] = field(default_factory=dict)
    logged: set[str] = field(default_factory=set)
    odd: dict[str, str] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)

    def clusters(self) -> dict[tuple[str, Shape], set[str]]:
        """Return the machines of each product and configuration."""
        found: dict[tuple[str, Shape], set[str]] = {}
        for path, shape in self.shapes.items():
            found.setdefault((self.products[path], shape), set()).add(path)
        return found

    def lost(self) -> set[str]:
        """Return the machines that lose NUMA."""
        return {path for path, shape in self.shapes.items() if shape.clash}

    def removable(self) -> set[tuple[str, str, int, int]]:
        """Return path, when, nodes and bytes of what can be removed.

        All domains but the first, where the kernel is: with `movable_node` when their memory is
        hot-pluggable, else with a changed SRAT. Without a log a window counts as populated.
        """
        found = set()
        for path, shape in self.shapes.items():
            if not shape.clash:
                nodes = shape.nodes - 1
                gib = nodes * shape.gib + (0 if path in self.logged else shape.window)
                when = "with boot options" if shape.hot else "with a changed SRAT"
                found.add((path, when, nodes, gib * GIB))
        return found


def shape_of(configuration: int) -> tuple[str, Shape]:
    """Return the product and the shape of a configuration; no two are equal.

    Nodes end at multiples of 2 GiB, the memory block of machines with 64 GiB and more: one that
    has parts of two nodes could not be removed.
    """
    model = configuration % MODELS
    nodes, cpus = 2 + model % 3, 2 + 2 * (model // 3)
    gib = 4 + 2 * (configuration // MODELS)
    return f"Model {model}", Shape(nodes=nodes, cpus=cpus, gib=gib, window=8 * (model % 2))


def drifted(shape: Shape, what: str) -> Shape:
    """Return a shape with one thing changed."""
    return {
        "memory": shape._replace(gib=shape.gib + 4000),
        "distance": shape._replace(far=shape.far + 10),
        "hot-plug": shape._replace(hot=not shape.hot),
        "processors": shape._replace(cpus=shape.cpus + 1),
        "clash": shape._replace(clash=True),
    }[what]


def make_fleet(
    folder: Path,
    *,
    seed: int = 1,
    machines: int = 60,
    configurations: int = 6,
    drifts: int = 3,
    broken: int = 2,
    reports: int = 0,
) -> Truth:
    """Write a fleet, and return the truth about it.

    Args:
        folder: is made.
        seed: for everything that is drawn.
        machines: how many, without the broken ones.
        configurations: how many different ones among them.
        drifts: machines that differ from the others of their configuration.
        broken: archives that end too early.
        reports: how many of the machines are sosreports instead of folders.
    """
    dice = random.Random(seed)  # noqa: S311 - known truth is the point
    truth = Truth()
    odd = dict(zip(dice.sample(range(machines), drifts), _repeat(DRIFTS), strict=False))
    for number in range(machines):
        product, shape = shape_of(number % configurations)
        host = f"host{number:06}"
        made = drifted(shape, odd[number]) if number in odd else shape
        if number < reports:
            path = _write_report(folder / "reports", host, product, made)
            truth.logged.add(str(path))
        else:
            path = _write_folder(folder / f"rack{number // 1000:03}" / host, product, made, dice)
        truth.shapes[str(path)], truth.products[str(path)] = made, product
        if number in odd:
            truth.odd[str(path)] = odd[number]
    for number in range(broken):
        truth.broken.add(str(_write_broken(folder / "broken", number, dice)))
    return truth


def _repeat(words: tuple[str, ...]) -> Iterator[str]:
    while True:
        yield from words


def _write_folder(folder: Path, product: str, shape: Shape, dice: random.Random) -> Path:
    """Write tables as files; what a vendor's build changes everywhere is drawn."""
    folder.mkdir(parents=True)
    backwards = dice.random() < 0.5
    (folder / "SRAT").write_bytes(srat(shape, backwards=backwards))
    (folder / "SLIT").write_bytes(slit(shape))
    (folder / "dmidecode").write_text(dmidecode(product, OLD))
    return folder


def dmidecode(product: str, bios: str) -> str:
    """Return what dmidecode prints of such a machine."""
    return (
        "# dmidecode 3.5\nHandle 0x0000, DMI type 0, 26 bytes\nBIOS Information\n"
        f"\tVendor: Maker\n\tVersion: {bios}\n\tRelease Date: 01/02/2026\n\n"
        "Handle 0x0001, DMI type 1, 27 bytes\nSystem Information\n"
        f"\tManufacturer: Maker\n\tProduct Name: {product}\n\tSerial Number: 1\n"
    )


def report_files(host: str, product: str, shape: Shape) -> dict[str, bytes]:
    """Return the files of a sosreport that matter, and some of those that do not."""
    log = boot_log(shape, host, OLD, product)
    return {
        "version.txt": b"sosreport: 4.8.0\n",
        "etc/hostname": f"{host}\n".encode(),
        "etc/os-release": b'NAME="Linux"\n',
        "proc/cmdline": f"BOOT_IMAGE=/vmlinuz root=/dev/{host} ro\n".encode(),
        "proc/meminfo": b"MemTotal:       16000000 kB\n",
        "sos_commands/kernel/dmesg": log.encode(),
        "sos_commands/kernel/uname_-a": (
            f"Linux {host} 6.12.48-generic #1 SMP PREEMPT_DYNAMIC x86_64 GNU/Linux\n".encode()
        ),
        "sos_commands/hardware/dmidecode": dmidecode(product, OLD).encode(),
        "sos_logs/sos.log": b"2026-11-27 10:00:00 INFO: set sysroot to '/' (default)\n" * 200,
        "sys/firmware/acpi/tables/SRAT": srat(shape),
        "sys/firmware/acpi/tables/SLIT": slit(shape),
    }


def _write_report(folder: Path, host: str, product: str, shape: Shape) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    name = f"sosreport-{host}-2026-11-27-abcdefg"
    path = folder / f"{name}.tar.xz"
    with tarfile.open(path, "w:xz", preset=0) as archive:
        for inner, data in report_files(host, product, shape).items():
            member = tarfile.TarInfo(f"{name}/{inner}")
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
        link = tarfile.TarInfo(f"{name}/dmidecode")
        link.type, link.linkname = tarfile.SYMTYPE, "sos_commands/hardware/dmidecode"
        archive.addfile(link)
    Path(f"{path}.sha256").write_text("0" * 64 + f"  {path.name}\n")
    return path


def _write_broken(folder: Path, number: int, dice: random.Random) -> Path:
    """Write an archive that ends somewhere in its first half."""
    whole = _write_report(folder / "whole", f"broken{number}", *shape_of(0))
    data = whole.read_bytes()
    path = folder / f"broken{number}.tar.xz"
    path.write_bytes(data[: dice.randrange(64, len(data) // 2)])
    whole.unlink()
    Path(f"{whole}.sha256").unlink()
    whole.parent.rmdir()
    return path


def make_rollout(folder: Path, *, machines: int = 24, configurations: int = 4) -> Truth:
    """Write the folders `before` and `after` of the same machines with old and new firmware.

    The new firmware of the first model no longer marks memory as hot-pluggable; that of the others
    has another OEM revision and the same content.
    """
    truth = Truth(changed={shape_of(0)[0]})
    for number in range(machines):
        product, shape = shape_of(number % configurations)
        updated = shape._replace(hot=False) if product in truth.changed else shape
        for part, made, bios, revision in (("before", shape, OLD, 1), ("after", updated, NEW, 2)):
            home = folder / part / f"host{number:04}"
            home.mkdir(parents=True)
            (home / "SRAT").write_bytes(srat(made, oem_revision=revision))
            (home / "SLIT").write_bytes(slit(made))
            (home / "dmidecode").write_text(dmidecode(product, bios))
            (home / "hostname").write_text(f"host{number:04}\n")
            truth.shapes[str(home)], truth.products[str(home)] = made, product
    return truth


def make_dump(file: Path, shapes: list[Shape]) -> None:
    """Write one acpidump text with the tables of several machines."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(acpidump({"SRAT": srat(s), "SLIT": slit(s)}) for s in shapes))


def main() -> None:
    """Write a fleet."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    for name, default in (("machines", 1000), ("configurations", 100), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=default)
    for name in ("drifts", "broken", "reports"):
        parser.add_argument(f"--{name}", type=int, default=0)
    given = vars(parser.parse_args())
    make_fleet(given.pop("folder"), **given)


if __name__ == "__main__":
    main()
