"""The nouns of scheduling and what must be true of them; the ports to providers, accounts and the ledger."""
