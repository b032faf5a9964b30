"""How structures are written in a spec: a file for each table that has forms of its own."""
