"""The desk in a browser: who is let in, a process for each tab, and what goes between the two."""
