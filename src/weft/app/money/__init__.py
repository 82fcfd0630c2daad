"""Money: what is brought into the ledger, and what is read from it."""
