"""What a person can do: one function for each deed, one transaction for each."""
