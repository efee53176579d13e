"""Sentences about several people."""
