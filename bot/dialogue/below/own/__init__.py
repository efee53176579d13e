"""Short texts below a card or a list of working hours, or of days off."""
