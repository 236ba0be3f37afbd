"""The questions a screen asks, each a screen of its own that gives its answer back."""
