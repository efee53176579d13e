"""Speaking Slack: bytes to turns, replies to blocks. Knows nothing of providers and storage."""
