"""What came of a press, and what is told unasked."""
