"""What the tool does, as functions of values: nothing is parsed from a command line or printed."""
