"""Parsers: one file a phrase family; `table` holds their order."""
