"""The boot pipeline over one machine, and the `Plan` that everybody else sees."""
