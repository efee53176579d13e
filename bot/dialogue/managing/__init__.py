"""The account behind it all: hours, event types, webhooks, profile, connecting."""
