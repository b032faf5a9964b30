"""What every room may use: errors, ranges, units, and bytes that remember where they came from."""
