"""The version, alone in a file that imports nothing so that `--version` stays fast."""

__version__ = "0.2.0"
HOMEPAGE = "https://example.org/srattool"
RULES_PAGE = f"{HOMEPAGE}/docs/rules.html"
