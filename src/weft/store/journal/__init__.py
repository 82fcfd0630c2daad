"""The journal: how an entry is written, chained, read again and added."""
