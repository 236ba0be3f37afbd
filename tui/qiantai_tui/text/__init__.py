"""Words on the screen and words typed: safe, wrapped, counted, masked, in the language of the desk."""
