"""What happens in a year: people come and go, rules tighten, missions ask."""
