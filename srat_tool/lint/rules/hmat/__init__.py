"""Rules about the HMAT (HMAT)."""
