"""Rules about the SLIT (SLIT)."""
