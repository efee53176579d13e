"""A text with two acts or with an exception: its halves, and what one of them leaves to the other."""
