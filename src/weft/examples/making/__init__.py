"""What an example firm is made of: teams, people, knowledge, seats, assets, rules."""
