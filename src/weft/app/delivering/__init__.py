"""Deliveries: taken in from the tools in use, and measured mission by mission."""
