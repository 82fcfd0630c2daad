"""What is measured, what a mission is there for, and whether it works."""
