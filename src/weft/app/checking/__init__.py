"""Everything checked by the guardrails: assets, manifests, and with what."""
