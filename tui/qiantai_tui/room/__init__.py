"""The training room: the desk's own program over a rehearsal, with a clock of its own and nothing of the site in it."""
