"""The boot pipeline over one machine, and the `Plan` that all other rooms use."""
