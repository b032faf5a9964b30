"""Memory that comes and goes after the boot, by the kernel's own functions."""
