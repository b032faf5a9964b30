"""What a kernel printed about a machine: boot logs, maps, zoneinfo, sysfs; parsed, not judged."""
