"""Outcomes on the command line."""
