"""The front desk of a residential estate, as rules that run: the public face of the kernel."""
