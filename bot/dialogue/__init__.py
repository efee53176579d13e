"""Deciding: (conversation, turn or outcome) to (conversation, effect or reply). Pure: no clock, no I/O, no randomness."""
