"""What holds for all: what it rests on, and how it is brought into force."""
