"""Finding who knows something, and the way to them."""
