"""Operating models and their comparison, on the command line."""
