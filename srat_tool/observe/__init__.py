"""What a kernel said about a machine: boot logs, maps, zoneinfo, sysfs; parsed, not judged."""
