"""The sandbox's Calendly."""
