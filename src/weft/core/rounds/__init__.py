"""The monthly round of seats: its rules, what people ask of it, what came of it."""
