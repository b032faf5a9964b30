"""Every rule by code: a new one is one file here and one row.

The rows are explicit so that their order is stable; a rule's file is imported only when a machine
has a table that it is about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from srat_tool.lint.rule import Rule

if TYPE_CHECKING:
    from srat_tool.lint.context import Machine


class Entry(NamedTuple):
    """A rule's code and name; the name with underscores is its file."""

    id: str
    name: str

    @property
    def family(self) -> str:
        """The letters of the code."""
        return self.id.rstrip("0123456789")

    @property
    def module(self) -> str:
        """The rule's module: the folder of its family, the file of its name."""
        return f"{__name__}.{FOLDERS[self.family]}.{self.name.replace('-', '_')}"


# The folder of each family: its table, or what it is held against.
FOLDERS = {
    "ACPI": "header",
    "SRAT": "srat",
    "SLIT": "slit",
    "HMAT": "hmat",
    "MSCT": "msct",
    "CEDT": "cedt",
    "XMAD": "cross",
    "XPPT": "cross",
    "XMAP": "cross",
    "MOV": "movable",
}


ALL_RULES: tuple[Entry, ...] = (
    Entry("ACPI001", "file-too-short"),
    Entry("ACPI002", "length-exceeds-file"),
    Entry("ACPI003", "trailing-bytes"),
    Entry("ACPI004", "length-below-fixed-part"),
    Entry("ACPI005", "bad-checksum"),
    Entry("ACPI006", "wrong-signature"),
    Entry("ACPI007", "unknown-revision"),
    Entry("ACPI008", "revision-zero"),
    Entry("ACPI009", "oem-id-not-ascii"),
    Entry("ACPI010", "duplicate-table"),
    Entry("ACPI011", "absurd-size"),
    Entry("SRAT001", "subtable-zero-length"),
    Entry("SRAT002", "subtable-too-short"),
    Entry("SRAT003", "subtable-too-long"),
    Entry("SRAT004", "subtable-past-end"),
    Entry("SRAT005", "dangling-tail"),
    Entry("SRAT006", "zero-padding-tail"),
    Entry("SRAT007", "unknown-subtable-type"),
    Entry("SRAT008", "reserved1-not-one"),
    Entry("SRAT009", "reserved2-nonzero"),
    Entry("SRAT010", "type-needs-newer-revision"),
    Entry("SRAT011", "legacy-8bit-domains"),
    Entry("SRAT012", "pxm-truncated"),
    Entry("SRAT013", "no-memory-entries"),
    Entry("SRAT014", "no-processor-entries"),
    Entry("SRAT015", "empty-srat"),
    Entry("SRAT016", "mixed-architectures"),
    Entry("SRAT017", "many-disabled-entries"),
    Entry("SRAT018", "disabled-entry-with-content"),
    Entry("SRAT101", "overlap-different-pxm"),
    Entry("SRAT102", "overlap-same-pxm"),
    Entry("SRAT103", "duplicate-range"),
    Entry("SRAT104", "zero-length-range"),
    Entry("SRAT105", "range-wraps"),
    Entry("SRAT106", "beyond-physical-width"),
    Entry("SRAT107", "not-page-aligned"),
    Entry("SRAT108", "reserved-nonzero"),
    Entry("SRAT109", "reserved-flag-bits"),
    Entry("SRAT110", "specific-purpose"),
    Entry("SRAT111", "hotplug-without-enabled"),
    Entry("SRAT112", "nonvolatile-hotplug"),
    Entry("SRAT113", "nonvolatile-as-ram"),
    Entry("SRAT114", "adjacent-fragmented"),
    Entry("SRAT115", "too-many-ranges"),
    Entry("SRAT116", "unsorted-ranges"),
    Entry("SRAT117", "interleaved-domains"),
    Entry("SRAT118", "tiny-node"),
    Entry("SRAT119", "node-boundary-section"),
    Entry("SRAT201", "duplicate-cpu-different-pxm"),
    Entry("SRAT202", "duplicate-cpu-same-pxm"),
    Entry("SRAT203", "apic-id-255"),
    Entry("SRAT204", "x2apic-id-below-255"),
    Entry("SRAT205", "apic-id-too-big"),
    Entry("SRAT206", "cpu-reserved-flags"),
    Entry("SRAT207", "cpu-reserved-fields"),
    Entry("SRAT208", "sapic-eid-on-x86"),
    Entry("SRAT209", "clock-domain-mixed"),
    Entry("SRAT210", "boot-cpu-domain-unknown"),
    Entry("SRAT301", "handle-type-reserved"),
    Entry("SRAT302", "handle-reserved-nonzero"),
    Entry("SRAT303", "gi-flags-reserved"),
    Entry("SRAT304", "disabled-initiator-stops-cpu-parse"),
    Entry("SRAT305", "acpi-handle-not-ascii"),
    Entry("SRAT306", "port-hid-unexpected"),
    Entry("SRAT307", "pci-port-ignored"),
    Entry("SRAT308", "duplicate-handle"),
    Entry("SRAT309", "initiator-pxm-without-hmat"),
    Entry("SRAT310", "empty-device-handle"),
    Entry("SRAT311", "duplicate-its"),
    Entry("SRAT401", "pxm-too-large"),
    Entry("SRAT402", "too-many-domains"),
    Entry("SRAT403", "pxm-not-dense"),
    Entry("SRAT404", "node-order-surprise"),
    Entry("SRAT405", "cpu-domain-without-memory"),
    Entry("SRAT406", "memory-domain-without-cpu"),
    Entry("SRAT407", "single-domain"),
    Entry("SRAT408", "lopsided-nodes"),
    Entry("SRAT409", "first-node-not-pxm0"),
    Entry("SLIT001", "matrix-past-end"),
    Entry("SLIT002", "too-many-localities"),
    Entry("SLIT003", "slit-trailing-bytes"),
    Entry("SLIT004", "zero-localities"),
    Entry("SLIT005", "diagonal-not-10"),
    Entry("SLIT006", "remote-not-above-10"),
    Entry("SLIT007", "reserved-value"),
    Entry("SLIT008", "asymmetric"),
    Entry("SLIT009", "unreachable"),
    Entry("SLIT010", "all-remote-equal"),
    Entry("SLIT011", "triangle"),
    Entry("SLIT012", "reclaim-threshold"),
    Entry("SLIT013", "smaller-than-pxm"),
    Entry("SLIT014", "more-localities-than-srat"),
    Entry("SLIT015", "slit-without-srat"),
    Entry("SLIT016", "missing-slit"),
    Entry("HMAT001", "structure-length-zero"),
    Entry("HMAT002", "structure-past-end"),
    Entry("HMAT003", "unknown-structure"),
    Entry("HMAT004", "type0-length"),
    Entry("HMAT005", "type1-length"),
    Entry("HMAT006", "type2-length"),
    Entry("HMAT007", "memory-domain-not-in-srat"),
    Entry("HMAT008", "initiator-not-in-srat"),
    Entry("HMAT009", "base-unit-zero"),
    Entry("HMAT010", "data-type-reserved"),
    Entry("HMAT011", "hierarchy-reserved"),
    Entry("HMAT012", "hmat-reserved-bits"),
    Entry("HMAT013", "cache-attributes-reserved"),
    Entry("HMAT014", "cache-level-above-total"),
    Entry("HMAT015", "cache-line-not-power-of-two"),
    Entry("HMAT016", "value-overflow"),
    Entry("HMAT017", "remote-better-than-local"),
    Entry("HMAT018", "list-domain-unknown"),
    Entry("HMAT019", "duplicate-list-domain"),
    Entry("HMAT020", "missing-pairs"),
    Entry("HMAT021", "hmat-slit-contradict"),
    Entry("HMAT022", "duplicate-matrix"),
    Entry("HMAT023", "latency-implausible"),
    Entry("HMAT024", "cache-domain-not-memory"),
    Entry("HMAT025", "extended-linear-not-direct-mapped"),
    Entry("MSCT001", "offset-too-small"),
    Entry("MSCT002", "structure-length"),
    Entry("MSCT003", "too-many-structures"),
    Entry("MSCT004", "domains-not-covered"),
    Entry("MSCT005", "ranges-unordered-or-overlapping"),
    Entry("MSCT006", "max-domain-below-srat"),
    Entry("MSCT007", "max-address-below-srat"),
    Entry("MSCT008", "cpu-capacity-below-srat"),
    Entry("MSCT009", "memory-capacity-below-srat"),
    Entry("MSCT010", "clock-domain-below-srat"),
    Entry("MSCT011", "msct-without-srat"),
    Entry("MSCT012", "hotplug-without-msct"),
    Entry("CEDT001", "record-length"),
    Entry("CEDT002", "chbs-version-length"),
    Entry("CEDT003", "cfmws-not-256m"),
    Entry("CEDT004", "cfmws-ways-reserved"),
    Entry("CEDT005", "cfmws-arithmetic"),
    Entry("CEDT006", "cfmws-granularity"),
    Entry("CEDT007", "cfmws-xor-without-cxims"),
    Entry("CEDT008", "cfmws-target-unknown"),
    Entry("CEDT009", "cfmws-overlap"),
    Entry("CEDT010", "cfmws-over-cpu-node"),
    Entry("CEDT011", "cfmws-partly-in-srat"),
    Entry("CEDT012", "cfmws-many-srat-domains"),
    Entry("CEDT013", "cfmws-not-in-srat"),
    Entry("CEDT014", "cfmws-no-window-for-hotplug"),
    Entry("CEDT015", "restrictions-contradict"),
    Entry("CEDT016", "port-without-chbs"),
    Entry("CEDT017", "cedt-reserved-bits"),
    Entry("XMAD001", "cpu-missing-in-srat"),
    Entry("XMAD002", "cpu-missing-in-madt"),
    Entry("XMAD003", "cpu-disabled-in-madt"),
    Entry("XMAD004", "online-capable-without-srat"),
    Entry("XMAD005", "its-mismatch"),
    Entry("XMAD006", "uid-apic-mixup"),
    Entry("XMAD007", "type-mismatch"),
    Entry("XMAD008", "srat-order-differs-from-madt"),
    Entry("XPPT001", "package-spans-domains"),
    Entry("XPPT002", "domain-spans-packages"),
    Entry("XMAP001", "ram-not-covered"),
    Entry("XMAP002", "range-without-ram"),
    Entry("XMAP003", "hotplug-window-absent"),
    Entry("XMAP004", "hotplug-partly-populated"),
    Entry("XMAP005", "firmware-in-hotplug"),
    Entry("XMAP006", "specific-purpose-mismatch"),
    Entry("XMAP007", "hot-pluggable-attribute-mismatch"),
    Entry("MOV001", "block-unaligned"),
    Entry("MOV002", "hotplug-below-4g"),
    Entry("MOV003", "hotplug-at-zero"),
    Entry("MOV004", "hotplug-in-kernel-node"),
    Entry("MOV005", "fixed-above-hotplug"),
    Entry("MOV006", "all-hotpluggable"),
    Entry("MOV007", "movable-ratio"),
    Entry("MOV008", "movable-only-node"),
    Entry("MOV009", "movable-node-with-cpus"),
    Entry("MOV010", "no-hotplug-but-movable-node"),
    Entry("MOV011", "movablecore-ignored"),
    Entry("MOV012", "movable-start-rounding"),
    Entry("MOV013", "gigantic-pages"),
    Entry("MOV014", "initrd-or-crashkernel-in-hotplug"),
    Entry("MOV015", "one-hotplug-range-many-dimms"),
    Entry("MOV016", "hotplug-last-node-only"),
    Entry("MOV017", "hyperv-huge-windows"),
)

# When the rules of a family can find anything; until then their files are not imported.
GATES: dict[str, Callable[[Machine], bool]] = {
    "ACPI": lambda _: True,
    "SRAT": lambda m: m.srat is not None,
    "SLIT": lambda m: m.slit is not None or (m.srat is not None and len(m.srat.domains) > 2),
    "HMAT": lambda m: m.hmat is not None,
    "MSCT": lambda m: m.msct is not None or bool(m.hot_ranges),
    "CEDT": lambda m: m.cedt is not None,
    "XMAD": lambda m: m.srat is not None and m.madt is not None,
    "XPPT": lambda m: m.srat is not None and m.pptt is not None,
    "XMAP": lambda m: m.srat is not None and m.memory_map is not None,
    "MOV": lambda m: m.srat is not None and (bool(m.hot_ranges) or m.command_line is not None),
}


def relevant(machine: Machine) -> Iterator[Entry]:
    """Yield the rules that can find anything on a machine, by code."""
    open_gates = {family for family, gate in GATES.items() if gate(machine)}
    return (entry for entry in ALL_RULES if entry.family in open_gates)


def load(entry: Entry) -> type[Rule]:
    """Import a rule's file and return its class, the name in capitals."""
    rule: type[Rule] = getattr(import_module(entry.module), entry.name.title().replace("-", ""))
    return rule
