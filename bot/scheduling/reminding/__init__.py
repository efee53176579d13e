"""What a person has set: what is told by itself, and what they are used to."""
