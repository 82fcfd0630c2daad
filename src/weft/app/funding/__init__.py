"""Money: asked for on any day, proposed each month, decided by people."""
