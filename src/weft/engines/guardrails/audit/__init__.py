"""Every asset of a firm judged by every guardrail in force, in one pass."""
