"""Facts: what comes in bulk, is kept beside the journal, and never changes."""
