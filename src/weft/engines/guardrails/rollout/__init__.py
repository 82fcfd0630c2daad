"""Bringing a guardrail into force: its baseline, how it shrinks, what is left."""
