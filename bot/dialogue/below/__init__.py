"""What a short text means below what was shown or done just now."""
