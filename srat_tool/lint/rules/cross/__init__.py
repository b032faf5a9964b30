"""Rules that hold SRAT against MADT, PPTT and the memory map (XMAD, XPPT, XMAP)."""
