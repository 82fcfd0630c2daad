"""Where things stand in a picture: orders and positions, no matter of what."""
