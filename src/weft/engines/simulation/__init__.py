"""The same firm under several ways of organising it, played through and compared."""
