"""Rules about the CEDT (CEDT)."""
