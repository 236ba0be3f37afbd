"""Whatever anybody hands the program: clear errors, nothing written, bounded memory and work."""
