"""What every surface does to a text before it shows it."""
