"""What a host manages at Calendly: event types, working hours, shares, contacts, recaps."""
