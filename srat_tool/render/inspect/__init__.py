"""What `srattool inspect` prints: the same decoded tables as text, JSON, JSON Lines or CSV."""
