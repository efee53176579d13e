"""Cal.com's oldest shapes in the sandbox."""
