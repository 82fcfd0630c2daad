"""Pools of expertise, and the seats of a month added up in several ways."""
