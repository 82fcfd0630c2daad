"""Who knows what: the deeds around the knowledge network."""
