"""A move from one operating model to another, month by month: asked for and kept."""
