"""Cues: typed signs in a text that change what is meant, and what became of every word."""
