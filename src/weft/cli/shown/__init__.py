"""What was found about guardrails, as a person reads it in a terminal."""
