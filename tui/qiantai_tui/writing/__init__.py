"""Writing rehearsals: the site's own files of them, and the screen on which a trainer makes one."""
