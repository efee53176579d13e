"""What a person has asked to hear by itself: their agenda, notes before meetings, their status."""
