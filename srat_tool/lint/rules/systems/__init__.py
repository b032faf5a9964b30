"""Rules about what systems other than Linux refuse (SYS)."""
