"""The practice world itself, in nobody's wire words."""
