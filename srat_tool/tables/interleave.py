"""How many host bridges a window of the CEDT interleaves (CXL 3.1, 9.18.1.3)."""

WAYS = {0: 1, 1: 2, 2: 4, 3: 8, 4: 16, 8: 3, 9: 6, 10: 12}
"""Encoded Number of Interleave Ways to the number itself; other codes are reserved."""
