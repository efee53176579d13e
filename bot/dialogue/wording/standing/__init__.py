"""What is said about what stands: changed meetings, limits, answers, and taking things back."""
