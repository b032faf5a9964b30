"""Layouts of the tables as construct declarations, by the class that they are decoded into."""
