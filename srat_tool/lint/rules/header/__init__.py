"""Rules about the header of any ACPI table (ACPI)."""
