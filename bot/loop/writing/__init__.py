"""A press that writes, from its claim to what is known of it."""
