"""The loop: performs what the core decides, keeps state, and takes up what a crash left."""
