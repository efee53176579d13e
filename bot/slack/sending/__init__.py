"""What goes out to Slack: the one way to send, and where it went."""
