"""Money on the command line: funds, asks, forecasts, and the round of money."""
