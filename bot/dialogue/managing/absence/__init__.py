"""Being away: out of office, days off, private time."""
