"""Rules about the PPTT (PPTT)."""
