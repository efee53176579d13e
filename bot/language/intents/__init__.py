"""What the writer wants: rows say what is possible, a small model ranks it."""
