"""Work as it truly ran, on the command line."""
