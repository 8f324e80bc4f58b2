"""Pages of tasks: the list of all of them, one of them, and what is done about it."""
