"""What a maintainer looks at first: the terminal, the data folder, the store, the calendar and the plugins."""
