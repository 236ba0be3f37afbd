"""Sites: their folders and files, the books that lie in them, made, opened and moved."""
