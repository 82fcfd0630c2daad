"""Money that follows evidence: funds, tranches, asks, forecasts, rounds."""
