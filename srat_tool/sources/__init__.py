"""Raw table bytes out of whatever a user has: files, folders, dumps, archives, firmware images."""
