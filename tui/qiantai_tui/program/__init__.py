"""The program of a desk, a layer a module: the bare app, a shared store, who is at it, their shift, the alerts."""
