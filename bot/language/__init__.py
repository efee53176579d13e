"""Text to meaning; pure. Only `parsers.py` may import dateparser, and only when a leftover span needs it."""
