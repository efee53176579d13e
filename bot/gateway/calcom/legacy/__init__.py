"""Cal.com's oldest shapes (no version header)."""
