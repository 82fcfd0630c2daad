"""Input or outcome, where it is going, what works, and how sure that is."""
