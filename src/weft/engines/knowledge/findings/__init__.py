"""The findings that make up a diagnosis: one function for each figure."""
