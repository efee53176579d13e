"""Understanding + request → request: what a text begins and what it changes."""
