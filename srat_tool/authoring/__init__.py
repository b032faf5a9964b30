"""Specs, tables and artefacts as bytes or command lines."""
