"""Writing a guardrail: read as far as it goes, completed, tried, saved, made to fit."""
