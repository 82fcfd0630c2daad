"""How a round is solved: the bound, the search and the exact model; see `propose`."""
