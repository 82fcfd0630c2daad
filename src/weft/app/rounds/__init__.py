"""The monthly round of seats: worked out, put before people, answered by them."""
