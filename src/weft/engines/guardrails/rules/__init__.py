"""The form of guardrails: words, types, constants, truth, and code for speed."""
