"""A text with two acts: its halves, and what one of them leaves to the other."""
