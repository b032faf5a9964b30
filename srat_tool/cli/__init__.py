"""The command line: arguments, choice of source and renderer, exit code. No arithmetic."""
