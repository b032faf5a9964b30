"""One self-contained page for a browser about a machine: data as JSON, and a script that draws."""
