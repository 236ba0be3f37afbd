"""Finding households and cases: what a text may mean, the archive as somebody types, and everything that is closed."""
