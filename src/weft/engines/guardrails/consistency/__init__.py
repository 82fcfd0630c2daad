"""Whether guardrails fit together: what contradicts, what is idle, what is unread."""
