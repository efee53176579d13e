"""Other languages than English: which one a text is in, and what it says told in English."""
