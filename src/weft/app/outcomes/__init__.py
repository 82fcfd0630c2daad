"""Outcomes: what is measured, where it is going, what was tried, what works."""
