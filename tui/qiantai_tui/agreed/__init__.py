"""The agreed answers of a site: the book of what was done with them, a deed carried out, and who was told which."""
