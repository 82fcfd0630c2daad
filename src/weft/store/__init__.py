"""What is kept: the journal, what is worked out from it, and what stands beside it."""
