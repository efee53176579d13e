"""Text to meaning; pure. Only `leftover.py` may import dateparser, and only when a leftover span needs it."""
