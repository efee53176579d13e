"""The ledger of writes."""
