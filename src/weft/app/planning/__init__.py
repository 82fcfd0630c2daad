"""Plans: brought in, measured by the firm's own figures, and given as StratML."""
