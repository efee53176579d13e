"""What a text says from the days that are spoken of, and not from today."""
