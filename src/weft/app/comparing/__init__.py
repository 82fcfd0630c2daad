"""The firm under several operating models: which models there are, and comparing."""
