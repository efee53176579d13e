"""What only some wishes say: limits, a city, the words of a note."""
