"""What things cost and are worth, and what gets money next."""
