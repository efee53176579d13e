"""What Cal.com has beside bookings and types: private links, out of office, calendar entries."""
