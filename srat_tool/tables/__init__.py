"""What the tables state, in ACPI's words: frozen values, no behaviour beyond derived properties."""
