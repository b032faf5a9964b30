"""Values to text, JSON, pictures; the only room that knows rich."""
