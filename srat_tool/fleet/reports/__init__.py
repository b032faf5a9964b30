"""Named reports over the rows of a fleet."""
