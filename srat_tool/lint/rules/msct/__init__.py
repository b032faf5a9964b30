"""Rules about the MSCT (MSCT)."""
