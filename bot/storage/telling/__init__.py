"""What is told and where, what is to be told at a time, and whose own page has changed."""
