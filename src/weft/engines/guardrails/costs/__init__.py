"""What each guardrail costs the firm: counted along its past answers."""
