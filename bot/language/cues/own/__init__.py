"""What somebody tells of their own hours and days: that hours are told at all, where a day begins or ends, what stays of it."""
