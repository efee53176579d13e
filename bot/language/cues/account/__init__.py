"""The account of a text: what became of every word, and what that matters went unread."""
