"""Deeds about what holds for all, on the command line."""
