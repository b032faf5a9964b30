"""Rules about memory that is to be removable (MOV)."""
