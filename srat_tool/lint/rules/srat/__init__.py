"""Rules about the SRAT (SRAT)."""
