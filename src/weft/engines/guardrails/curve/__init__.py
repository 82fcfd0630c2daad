"""How many would break at every value of a limit."""
