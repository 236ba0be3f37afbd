"""The rules broken one place at a time, in their tables and in their code, and what of it nothing notices."""
