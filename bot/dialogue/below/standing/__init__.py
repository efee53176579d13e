"""Texts below meetings that stand: below their list, below the card for one or several of them, and what is to stay."""
