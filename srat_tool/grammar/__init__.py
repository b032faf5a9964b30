"""How the tables are laid out: construct declarations, and both directions of every codec."""
