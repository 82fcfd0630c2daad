"""Delivering: what tools report of changes and incidents, and how a mission works."""
