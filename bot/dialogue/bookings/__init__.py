"""Bookings that stand: which one is meant, and moving, cancelling or changing it."""
