"""The rules broken one place at a time, and what of it nothing notices: in the tables, and in the code that reads them."""
