"""The monthly round of seats, on the command line."""
