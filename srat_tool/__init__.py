"""srattool: what Linux makes of the ACPI tables that describe memory and processor affinity."""

from srat_tool.version import __version__

__all__ = ["__version__"]
