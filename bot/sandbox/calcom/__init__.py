"""The sandbox's Cal.com."""
