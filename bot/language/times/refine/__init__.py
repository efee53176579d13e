"""Refiners: how pieces of one time find together; `table` holds their order."""
