"""The sandbox's own switches, beside everything that imitates a service."""
