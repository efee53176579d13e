"""What is kept of people together: consents, remembered addresses, shares with their picks, polls with their votes."""
