"""The terminal program of the front desk."""
