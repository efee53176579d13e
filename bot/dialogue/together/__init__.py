"""Several people: who a name means, a time for everybody, letting others pick, polls."""
