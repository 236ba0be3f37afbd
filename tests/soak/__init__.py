"""The default store broken in every way that can be thought of: `python -m tests.soak`."""
