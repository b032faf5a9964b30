"""Rules, the engine that runs them, and findings."""
