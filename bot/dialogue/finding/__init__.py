"""From a wish for a time to the slots found, to a card or a list."""
