"""What happens by itself: the agenda, notes before meetings, and what waits for a time."""
