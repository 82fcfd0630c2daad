"""JSON Schema, read as guardrails."""
