"""Rules about the MADT (MADT)."""
