"""The figures of docs/performance.md: each beside its reference, in the same run, in turns, the median of at least five."""
