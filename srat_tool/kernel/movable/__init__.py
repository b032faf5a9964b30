"""The policies that give memory to ZONE_MOVABLE, one file each."""
