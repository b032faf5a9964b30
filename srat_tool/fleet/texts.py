"""Texts that may hold bytes of file names which are not UTF-8: in digests, and in a database."""

from __future__ import annotations

import hashlib


def digest(*parts: str) -> str:
    """Return the SHA-256 of some texts in hex; it differs when any of them does."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def storable(text: str) -> str:
    """Return a text that a database can hold: bytes of it that are not UTF-8 are escaped."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
