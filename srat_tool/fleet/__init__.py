"""A fleet: many machines, one row each, and what the rows show together."""
