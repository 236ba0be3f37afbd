"""The default store: TinyDB files that hold what they acknowledged."""
