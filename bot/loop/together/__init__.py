"""What is done for several people: looking at calendars, letters, shares, polls."""
