"""The program: settings, wiring, and its ways to run."""
