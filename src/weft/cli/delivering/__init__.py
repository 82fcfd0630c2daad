"""Deliveries on the command line."""
