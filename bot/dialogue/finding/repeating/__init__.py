"""Wishes that repeat: their dates, the series of a type that repeats by itself, and the card of either."""
