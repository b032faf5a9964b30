"""A mirror of what Linux does with affinity tables at boot: same names, same order of steps."""
