"""What operating systems other than Linux refuse in an SRAT: the checks of each, in its order."""
