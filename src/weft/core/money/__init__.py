"""Money: what moved, in whole minor units of a currency, and what it is counted by."""
