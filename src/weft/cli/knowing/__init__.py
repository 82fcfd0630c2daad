"""Who knows what, on the command line."""
