"""What holds for all, and what that rests on."""
