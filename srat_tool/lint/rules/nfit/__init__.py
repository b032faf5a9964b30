"""Rules about the NFIT (NFIT)."""
