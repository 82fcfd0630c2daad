"""What a change of one guardrail would do, before it holds."""
