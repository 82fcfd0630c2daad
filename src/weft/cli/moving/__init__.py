"""A move from one operating model to another, on the command line."""
