"""Money, on the command line: what is brought in, closed, looked at and taken along."""
