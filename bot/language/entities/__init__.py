"""Typed pieces of a text beside its times: people, event types, places, topics, picks."""
