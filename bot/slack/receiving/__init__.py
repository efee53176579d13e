"""What comes in from Slack: bytes to turns."""
