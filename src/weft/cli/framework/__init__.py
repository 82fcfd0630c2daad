"""Commands about guardrails that hold: objections to them."""
