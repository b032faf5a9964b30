"""The 2013 series "Arrange hotpluggable memory in SRAT as ZONE_MOVABLE", on its own base.

It ran on Linux 3.9 and 3.10 with "x86, ACPI, numa: Parse numa info early": SRAT is read before the
direct map is built, so that page tables can be placed on the node that they map. It was not merged
in this form; mainline's `movable_node` is its successor.
"""
