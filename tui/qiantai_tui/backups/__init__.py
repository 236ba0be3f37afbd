"""Backups of a site: made, kept by a rule, read back, and put in its place again [M-3.4b]."""
