"""How the 2013 patch series decides, step by step."""
