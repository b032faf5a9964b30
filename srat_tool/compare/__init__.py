"""Differences between tables, plans, and what a kernel really did."""
