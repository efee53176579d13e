"""Cal.com bookings in the sandbox: made, listed, changed, attended."""
