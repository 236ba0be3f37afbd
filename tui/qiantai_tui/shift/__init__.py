"""Shifts and hand-overs of a site: the file of the book, what is shown of it, and how a signature is carried out."""
