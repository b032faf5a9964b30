"""Where lines are drawn: terminal, SVG and HTML."""
