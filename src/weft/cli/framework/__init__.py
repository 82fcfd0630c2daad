"""Commands about what holds for all, beyond the guardrails themselves."""
