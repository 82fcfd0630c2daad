"""Strategic plans, in the words of StratML (ISO 17469)."""
