"""Findings of lint in every format."""
